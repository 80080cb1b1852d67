package dev.belay.core.step;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Tasks of which others are run when one fails, as Ansible's block, rescue and always.
 *
 * <p>A failure inside the body ends the body only: what it has changed by then stays, and is in the
 * journal. Then the rescue is run, and the host goes on behind the block as if all had gone well;
 * its failure is told as rescued. What always stands at the end is run in any case; without a
 * rescue, or when that fails too, the host's run ends behind it. A host that is lost, an ill host
 * whose run is undone, and an interrupt end the run at once.
 *
 * <p>A plan that is known to fail without a rescue writes nothing, nor does what always stands at
 * the end of a block that was never begun. What should rather be undone than mended belongs into a
 * {@link GuardedBlock}.
 */
public final class TaskBlock implements PlayPart {

  private final List<Task> tasks;

  private TaskBlock(List<Task> tasks) {
    this.tasks = List.copyOf(tasks);
  }

  /**
   * Returns a block of these items.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static TaskBlock of(PlayItem... items) {
    Block.Id id = new Block.Id(SourceLine.ofCaller());
    if (items.length == 0) {
      throw new IllegalArgumentException("a block needs a task, " + id);
    }
    return new TaskBlock(List.of()).with(id, Block.Role.BODY, items);
  }

  /**
   * Returns the block with these items, run only when a task of its body has failed.
   *
   * @throws IllegalArgumentException when one runs once: the body may fail on other hosts than the
   *     one where it would run, and then nobody would run it
   */
  public TaskBlock rescue(PlayItem... items) {
    Stream.of(items).map(PlayItem::task).forEach(TaskBlock::requireOnEach);
    return with(id(), Block.Role.RESCUE, items);
  }

  /** Returns the block with these items, run behind the others in any case. */
  public TaskBlock always(PlayItem... items) {
    return with(id(), Block.Role.ALWAYS, items);
  }

  /** Returns the block, all of it skipped on hosts where the condition does not hold. */
  public TaskBlock when(Condition condition) {
    return map(task -> task.withCondition(condition));
  }

  /** Returns the block with tags on all its tasks. */
  public TaskBlock tagged(String... tags) {
    return map(task -> task.withTags(tags));
  }

  private static void requireOnEach(Task task) {
    if (task.options().place() instanceof Place.Once) {
      throw new IllegalArgumentException(
          "task \""
              + task.name()
              + "\" runs once, so it cannot stand in a rescue: the host where it would run may need"
              + " none; delegate it instead");
    }
  }

  /** Returns the tasks in order; each call places the block anew, as one of its own. */
  @Override
  public List<Task> tasks() {
    Block.Id own = new Block.Id(id().toString());
    return tasks.stream()
        .map(task -> task.withBlock(new Block(own, task.block().orElseThrow().role(), false)))
        .toList();
  }

  private Block.Id id() {
    return tasks.get(0).block().orElseThrow().id();
  }

  /** Keeps the order body, rescue, always, in whichever order they are given. */
  private TaskBlock with(Block.Id id, Block.Role role, PlayItem... items) {
    Block place = new Block(id, role, false);
    List<Task> all = new ArrayList<>();
    for (Block.Role each : Block.Role.values()) {
      tasks.stream().filter(task -> task.block().orElseThrow().role() == each).forEach(all::add);
      if (each == role) {
        Stream.of(items).map(PlayItem::task).map(task -> task.withBlock(place)).forEach(all::add);
      }
    }
    return new TaskBlock(all);
  }

  private TaskBlock map(UnaryOperator<Task> change) {
    return new TaskBlock(tasks.stream().map(change).toList());
  }
}

package dev.belay.core.step;

import dev.belay.core.remote.KnownSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A step placed in a play with keywords.
 *
 * @param name what people see
 * @param step the desired state
 * @param handlers run once at the end when this task changes something
 * @param condition when it is not to be skipped; empty for always
 * @param tags words by which a run can be limited
 * @param source where the playbook's author wrote it, such as {@code Harden.java:24}
 * @param guard the rope it hangs on; empty for none
 * @param options how it is run
 * @param block where it stands in a block of tasks; empty for none
 */
public record Task(
    String name,
    Step step,
    List<Handler> handlers,
    Optional<Condition> condition,
    Set<String> tags,
    String source,
    Optional<Guard> guard,
    TaskOptions options,
    Optional<Block> block)
    implements PlayItem {

  /** Copies the collections; covers secrets in the name, by which others look it up. */
  public Task {
    Objects.requireNonNull(step, "step");
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of task " + step.label() + " is blank");
    }
    name = KnownSecrets.masked(name);
    handlers = List.copyOf(handlers);
    tags = Set.copyOf(tags);
  }

  static Task of(Step step) {
    return new Task(
        step.label(),
        step,
        List.of(),
        Optional.empty(),
        Set.of(),
        SourceLine.ofCaller(),
        Optional.empty(),
        TaskOptions.NONE,
        Optional.empty());
  }

  /** Returns the same task, as written at another place. */
  public Task at(String otherSource) {
    return new Task(name, step, handlers, condition, tags, otherSource, guard, options, block);
  }

  Task withName(String newName) {
    return new Task(newName, step, handlers, condition, tags, source, guard, options, block);
  }

  Task withHandlers(Handler... more) {
    List<Handler> all = new ArrayList<>(handlers);
    all.addAll(List.of(more));
    return new Task(name, step, all, condition, tags, source, guard, options, block);
  }

  Task withCondition(Condition newCondition) {
    Optional<Condition> both =
        Optional.of(condition.map(old -> old.and(newCondition)).orElse(newCondition));
    return new Task(name, step, handlers, both, tags, source, guard, options, block);
  }

  Task withTags(String... more) {
    Set<String> all = new TreeSet<>(tags);
    all.addAll(List.of(more));
    return new Task(name, step, handlers, condition, all, source, guard, options, block);
  }

  Task withOptions(UnaryOperator<TaskOptions> change) {
    TaskOptions changed = change.apply(options);
    return new Task(name, step, handlers, condition, tags, source, guard, changed, block);
  }

  /** Returns the same task, done on the host that is said. */
  public Task placed(Place place) {
    return withOptions(options -> options.placed(place));
  }

  Task withGuard(Guard newGuard) {
    if (options.ignoresErrors()) {
      throw new IllegalArgumentException(
          "task \"" + name + "\" ignores errors, so it cannot be guarded: what is kept is whole");
    }
    if (options.throttle() > 0 || !options.place().equals(Place.EACH)) {
      throw new IllegalArgumentException(
          "task \""
              + name
              + "\" waits for other hosts, so it cannot be guarded: time would run out");
    }
    handlers.stream()
        .filter(handler -> !(handler.event() instanceof ReversibleEvent))
        .findFirst()
        .ifPresent(
            handler -> {
              throw new IllegalArgumentException(
                  "handler "
                      + handler.name()
                      + " may make changes that cannot be undone, so task \""
                      + name
                      + "\" cannot be guarded");
            });
    return new Task(
        name, step, handlers, condition, tags, source, Optional.of(newGuard), options, block);
  }

  Task withBlock(Block place) {
    return new Task(
        name, step, handlers, condition, tags, source, guard, options, Optional.of(place));
  }

  /** Tells whether it stands in the same block as another. */
  public boolean sharesBlock(Task other) {
    return block.isPresent()
        && other.block.filter(place -> place.id() == block.get().id()).isPresent();
  }

  /** Tells whether, when it fails, some of these later tasks are run for that reason. */
  public boolean isRescuedBy(List<Task> later) {
    return block.filter(place -> place.role() == Block.Role.BODY && !place.failed()).isPresent()
        && later.stream().anyMatch(task -> sharesBlock(task) && task.hasRole(Block.Role.RESCUE));
  }

  /** Tells whether it has this part in its block. */
  public boolean hasRole(Block.Role role) {
    return block.filter(place -> place.role() == role).isPresent();
  }

  /** Returns the task as it is behind one that has failed. */
  public Task afterFailureOf(Task failed) {
    return sharesBlock(failed) ? withBlock(block.orElseThrow().afterFailure()) : this;
  }

  @Override
  public Task task() {
    return this;
  }
}

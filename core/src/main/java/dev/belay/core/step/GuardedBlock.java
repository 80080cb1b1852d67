package dev.belay.core.step;

import java.util.List;
import java.util.stream.Stream;

/**
 * Tasks that the host undoes together by itself, unless all conditions of their guard hold in time.
 */
public final class GuardedBlock implements PlayPart {

  private final List<Task> tasks;

  private GuardedBlock(List<Task> tasks) {
    this.tasks = tasks;
  }

  /**
   * Returns a block of these items.
   *
   * @throws IllegalArgumentException when there is none, or a handler's event is none whose changes
   *     can all be undone
   */
  public static GuardedBlock of(Guard guard, ReversibleItem... items) {
    if (items.length == 0) {
      throw new IllegalArgumentException("a guarded block needs a task, " + guard.source());
    }
    return new GuardedBlock(
        Stream.of(items).map(ReversibleItem::task).map(task -> task.withGuard(guard)).toList());
  }

  @Override
  public List<Task> tasks() {
    return tasks;
  }
}

package dev.belay.core.step;

import java.util.List;

/** What may stand in a play: a step, or a task that places a step with keywords. */
public interface PlayItem extends PlayPart {

  /** Returns this item as a task. */
  Task task();

  @Override
  default List<Task> tasks() {
    return List.of(task());
  }

  /** Returns the task under a name of its own, shown in place of the step's label. */
  default PlayItem named(String name) {
    return task().withName(name);
  }

  /** Returns the task with handlers that run once, at the end, when it changes something. */
  default PlayItem notifies(Handler... handlers) {
    return task().withHandlers(handlers);
  }

  /** Returns the task, skipped on hosts where the condition does not hold. */
  default PlayItem when(Condition condition) {
    return task().withCondition(condition);
  }

  /** Returns the task with tags, by which a run can be limited. */
  default PlayItem tagged(String... tags) {
    return task().withTags(tags);
  }
}

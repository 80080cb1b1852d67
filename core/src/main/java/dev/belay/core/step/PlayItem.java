package dev.belay.core.step;

/** What may stand in a play: a step, or a task that places a step with keywords. */
public interface PlayItem {

  /** Returns this item as a task. */
  Task task();

  /** Returns the task under a name of its own, shown in place of the step's label. */
  default Task named(String name) {
    return task().withName(name);
  }

  /** Returns the task with handlers that run once, at the end, when it changes something. */
  default Task notifies(Handler... handlers) {
    return task().withHandlers(handlers);
  }

  /** Returns the task, skipped on hosts where the condition does not hold. */
  default Task when(Condition condition) {
    return task().withCondition(condition);
  }

  /** Returns the task with tags, by which a run can be limited. */
  default Task tagged(String... tags) {
    return task().withTags(tags);
  }
}

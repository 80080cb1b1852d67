package dev.belay.core.run;

import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Problem;
import dev.belay.core.step.Task;
import java.util.List;

/** Where a plan has to stop and ask the host again. Pure. */
final class Stretch {

  private Stretch() {}

  /**
   * Returns how many tasks from the front can be performed in one go: up to the first whose effect
   * is not fully known, or to the one before the first of which nothing is known yet. None when a
   * task is known to fail: then nothing more is written.
   */
  static int end(List<PlannedTask> plan) {
    if (fails(plan)) {
      return 0;
    }
    for (int i = 0; i < plan.size(); i++) {
      PlannedTask planned = plan.get(i);
      if (planned.outcome() instanceof Outcome.MayChange && planned.changes().isEmpty()) {
        return i;
      }
      if (!certain(planned)) {
        return i + 1;
      }
    }
    return plan.size();
  }

  /**
   * Returns how many of the first tasks are performed in one go, given that a task whose changes
   * are throttled is performed alone, and that one which is done elsewhere is not performed here.
   */
  static int apart(List<PlannedTask> plan, int length) {
    for (int i = 0; i < length; i++) {
      PlannedTask planned = plan.get(i);
      if (planned.task().elsewhere().isPresent()) {
        return i;
      }
      if (planned.task().options().throttle() > 0 && !planned.changes().isEmpty()) {
        return Math.max(1, i);
      }
    }
    return length;
  }

  /** Tells whether the host itself does nothing for a task, since another host does it. */
  static boolean elsewhere(PlayTask task) {
    return task.task().elsewhere().isPresent();
  }

  /** Tells whether the first task is done by another host, and may be by what is known. */
  static boolean goesElsewhere(List<PlayTask> todo, List<PlannedTask> plan) {
    return elsewhere(todo.get(0)) && !fails(plan);
  }

  /** Tells whether a task is known to fail, so that nothing more is written. */
  static boolean fails(List<PlannedTask> plan) {
    PlannedTask last = plan.get(plan.size() - 1);
    return last.outcome() instanceof Outcome.Fails && !ignored(last);
  }

  /** Tells whether all that a task does, and that it does it, is known beforehand. */
  static boolean certain(PlannedTask planned) {
    boolean mayFail = planned.task().options().ignoresErrors() && !planned.changes().isEmpty();
    return planned.predictable() && !mayFail;
  }

  /** Tells whether a task is one whose failure ends nothing. */
  static boolean ignored(PlannedTask planned) {
    return planned.task().options().ignoresErrors();
  }

  /** Returns how many tasks from the front hang on the same guard, or on none. */
  static int block(List<PlayTask> todo) {
    int length = 1;
    while (length < todo.size() && sameBlock(todo.get(length), todo.get(0))) {
      length++;
    }
    return length;
  }

  static boolean sameBlock(PlayTask one, PlayTask other) {
    return one.task().guard().orElse(null) == other.task().guard().orElse(null);
  }

  /** Returns all tasks of the guarded block that a task stands in. */
  static List<Task> block(PlayTask task) {
    return task.play().tasks().stream()
        .filter(each -> each.guard().equals(task.task().guard()))
        .toList();
  }

  static boolean settled(PlannedTask planned) {
    return planned.outcome() instanceof Outcome.Ok || planned.outcome() instanceof Outcome.Skipped;
  }

  static Problem unsettled(PlannedTask planned, String state) {
    return new Problem(
        "nothing left to do after " + planned.task().step().label(),
        planned.leftToDo(),
        state,
        "find what changes it back or why it is not enough; it will not settle by itself");
  }
}

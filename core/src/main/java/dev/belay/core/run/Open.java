package dev.belay.core.run;

import dev.belay.core.fact.Facts;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import java.util.ArrayList;
import java.util.List;

/**
 * A task that would change something once more although all was done.
 *
 * @param task the task
 * @param planned what it would do
 */
record Open(PlayTask task, PlannedTask planned) {

  /** Returns those of some tasks, by what is known afterwards. Pure. */
  static List<Open> of(List<PlayTask> tasks, Facts facts) {
    List<PlannedTask> plan = Planner.plan(tasks.stream().map(PlayTask::task).toList(), facts);
    List<Open> open = new ArrayList<>();
    for (int i = 0; i < plan.size(); i++) {
      if (!Stretch.settled(plan.get(i))) {
        open.add(new Open(tasks.get(i), plan.get(i)));
      }
    }
    return open;
  }
}

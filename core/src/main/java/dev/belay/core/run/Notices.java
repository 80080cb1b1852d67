package dev.belay.core.run;

import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.step.Handler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which handlers a plan notifies. Pure. */
final class Notices {

  private Notices() {}

  /**
   * Returns each handler in order of first notice, with the doubt whether it will run at all; the
   * doubt is empty when one certain change notifies it.
   */
  static Map<Handler, String> of(List<PlannedTask> plan) {
    Map<Handler, String> notified = new LinkedHashMap<>();
    for (PlannedTask planned : plan) {
      boolean certain = planned.outcome() instanceof Outcome.WouldChange;
      if (planned.task().options().elsewhere().isPresent()) {
        continue; // its handlers run there
      }
      if (certain || planned.outcome() instanceof Outcome.MayChange) {
        String doubt =
            certain ? "" : "runs if task \"" + planned.task().name() + "\" changes something";
        for (Handler handler : planned.task().handlers()) {
          notified.merge(handler, doubt, (old, now) -> now.isEmpty() ? "" : old);
        }
      }
    }
    return notified;
  }
}

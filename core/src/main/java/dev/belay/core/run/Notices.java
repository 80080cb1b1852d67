package dev.belay.core.run;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.step.Handler;
import dev.belay.core.step.StepRefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which handlers a plan notifies. Pure. */
final class Notices {

  private Notices() {}

  /**
   * A handler that cannot be planned.
   *
   * @param handler the handler
   * @param why what keeps it
   */
  record Refusal(Handler handler, RuntimeException why) {}

  /** Returns the first handler that is certain to run and certain to fail. */
  static Optional<Refusal> refused(List<PlannedTask> plan) {
    Facts after = plan.get(plan.size() - 1).after();
    for (Map.Entry<Handler, String> notice : of(plan).entrySet()) {
      try {
        if (notice.getValue().isEmpty()) {
          Planner.plan(notice.getKey(), after);
        }
      } catch (UnknownFactException later) {
        continue; // it is planned once its turn comes
      } catch (FailedFactException | StepRefusedException failed) {
        return Optional.of(new Refusal(notice.getKey(), failed));
      }
    }
    return Optional.empty();
  }

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

package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.step.Handler;
import dev.belay.core.step.StepRefusedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Check mode's last step: tells a plan, and the handlers that it would notify. */
final class Prediction {

  private final HostStory story;

  Prediction(HostStory story) {
    this.story = story;
  }

  /** Tells all of it; returns whether nothing would fail. */
  boolean tell(List<PlayTask> tasks, List<PlannedTask> plan, Facts facts) {
    Map<Handler, String> notified = new LinkedHashMap<>();
    Facts after = facts;
    boolean fails = false;
    for (int i = 0; i < plan.size(); i++) {
      PlannedTask planned = plan.get(i);
      story.predicted(tasks.get(i), planned);
      notice(planned, notified);
      after = planned.after();
      fails |= planned.outcome() instanceof Outcome.Fails;
    }
    if (!fails) {
      Facts end = after;
      notified.forEach((handler, doubt) -> handler(handler, doubt, end));
    }
    return !fails;
  }

  /** A handler is certain when one certain change notifies it. */
  private static void notice(PlannedTask planned, Map<Handler, String> notified) {
    boolean certain = planned.outcome() instanceof Outcome.WouldChange;
    if (!certain && !(planned.outcome() instanceof Outcome.MayChange)) {
      return;
    }
    String doubt =
        certain ? "" : "runs if task \"" + planned.task().name() + "\" changes something";
    for (Handler handler : planned.task().handlers()) {
      notified.merge(handler, doubt, (old, now) -> now.isEmpty() ? "" : old);
    }
  }

  private void handler(Handler handler, String doubt, Facts facts) {
    try {
      List<Change> changes = Planner.plan(handler, facts);
      RunEvent.Status status =
          doubt.isEmpty() ? RunEvent.Status.WOULD_CHANGE : RunEvent.Status.MAY_CHANGE;
      story.handler(handler.name(), status, changes, doubt, Duration.ZERO);
    } catch (UnknownFactException unknown) {
      String note = doubt.isEmpty() ? unknown.getMessage() : doubt;
      story.handler(handler.name(), RunEvent.Status.MAY_CHANGE, List.of(), note, Duration.ZERO);
    } catch (StepRefusedException | FailedFactException failed) {
      story.failed("handler " + handler.name(), Problems.of(failed, "nothing written"), false);
    }
  }
}

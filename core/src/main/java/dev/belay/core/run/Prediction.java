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
import java.util.List;

/** Check mode's last step: tells a plan, and the handlers that it would notify. */
final class Prediction {

  private final HostStory story;

  Prediction(HostStory story) {
    this.story = story;
  }

  void tell(List<PlayTask> tasks, List<PlannedTask> plan, Facts facts) {
    Facts after = facts;
    boolean fails = false;
    for (int i = 0; i < plan.size(); i++) {
      PlannedTask planned = plan.get(i);
      story.predicted(tasks.get(i), planned);
      after = planned.after();
      fails |= planned.outcome() instanceof Outcome.Fails;
    }
    if (!fails) {
      Facts end = after;
      Notices.of(plan).forEach((handler, doubt) -> handler(handler, doubt, end));
    }
  }

  private void handler(Handler handler, String doubt, Facts facts) {
    try {
      List<Change> changes = Planner.plan(handler, facts);
      tell(handler, changes, doubt);
    } catch (UnknownFactException unknown) {
      mayRun(handler, doubt.isEmpty() ? unknown.getMessage() : doubt);
    } catch (StepRefusedException | FailedFactException failed) {
      if (doubt.isEmpty()) {
        story.failed("handler " + handler.name(), Problems.of(failed), false);
      } else {
        mayRun(handler, doubt + ", and would then fail: " + Problems.of(failed).got());
      }
    }
  }

  private void tell(Handler handler, List<Change> changes, String doubt) {
    RunEvent.Status certain =
        changes.isEmpty() ? RunEvent.Status.OK : RunEvent.Status.WOULD_CHANGE;
    RunEvent.Status status = doubt.isEmpty() ? certain : RunEvent.Status.MAY_CHANGE;
    story.handler(handler.name(), status, changes, doubt, Duration.ZERO);
  }

  private void mayRun(Handler handler, String note) {
    story.handler(handler.name(), RunEvent.Status.MAY_CHANGE, List.of(), note, Duration.ZERO);
  }
}

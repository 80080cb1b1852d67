package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.step.Guard;
import dev.belay.core.step.Handler;
import dev.belay.core.step.HealthCondition;
import dev.belay.core.step.Place;
import dev.belay.core.step.StepRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Check mode's last step: tells a plan, and the handlers that it would notify. */
final class Prediction {

  private static final String NOTHING = "nothing written";

  private final HostStory story;
  private final Elsewhere elsewhere;

  Prediction(HostStory story, Elsewhere elsewhere) {
    this.story = story;
    this.elsewhere = elsewhere;
  }

  /** Tells all of it; returns whether nothing would fail. */
  boolean tell(List<PlayTask> tasks, List<PlannedTask> plan, Facts facts) {
    Facts after = facts;
    boolean fails = false;
    for (int i = 0; i < plan.size(); i++) {
      PlannedTask planned = plan.get(i);
      if (Stretch.elsewhere(planned.task()) && place(planned) instanceof Place.On) {
        PlayTask task = new PlayTask(tasks.get(i).play(), planned.task());
        Elsewhere.Done done = elsewhere.check(task);
        if (done.turn() == Turns.Turn.LOST) {
          return failsElsewhere(done, task, tasks.subList(i + 1, plan.size()));
        }
      } else {
        story.predicted(tasks.get(i), planned);
      }
      after = planned.after();
      fails |= planned.outcome() instanceof Outcome.Fails && !Stretch.ignored(planned);
    }
    plan.stream()
        .filter(planned -> !planned.changes().isEmpty())
        .flatMap(planned -> planned.task().guard().stream())
        .distinct()
        .forEach(this::guard);
    if (!fails) {
      for (Map.Entry<Handler, String> notice : Notices.of(plan).entrySet()) {
        fails |= !handler(notice.getKey(), notice.getValue(), after);
      }
    }
    return !fails;
  }

  /** The plan was made before the other host has said this; returns whether a rescue is run. */
  private boolean failsElsewhere(Elsewhere.Done done, PlayTask where, List<PlayTask> rest) {
    boolean rescued = where.task().isRescuedBy(rest.stream().map(PlayTask::task).toList());
    if (rescued) {
      story.rescued(where, done.failed().get(0).problem());
      String why = "a task before it would fail on another host, and its rescue comes first";
      rest.forEach(task -> story.mayChange(task, why));
    } else {
      done.failed().forEach(story::tell);
    }
    return rescued;
  }

  private static Place place(PlannedTask planned) {
    return planned.task().options().place();
  }

  private void guard(Guard guard) {
    List<String> conditions = guard.until().stream().map(HealthCondition::text).toList();
    story.tell(new RunEvent.WouldGuard(story.host(), guard.source(), guard.within(), conditions));
  }

  private boolean handler(Handler handler, String doubt, Facts facts) {
    try {
      tell(handler, Planner.plan(handler, facts), doubt);
    } catch (UnknownFactException unknown) {
      mayRun(handler, doubt.isEmpty() ? unknown.getMessage() : doubt);
    } catch (StepRefusedException | FailedFactException failed) {
      if (doubt.isEmpty()) {
        story.failed("handler " + handler.name(), Problems.of(failed, NOTHING), false);
        return false;
      }
      mayRun(handler, doubt + ", and would then fail: " + Problems.of(failed, NOTHING).got());
    }
    return true;
  }

  private void tell(Handler handler, List<Change> changes, String doubt) {
    RunEvent.Status certain = changes.isEmpty() ? RunEvent.Status.OK : RunEvent.Status.WOULD_CHANGE;
    RunEvent.Status status = doubt.isEmpty() ? certain : RunEvent.Status.MAY_CHANGE;
    story.handler(handler.name(), status, changes, doubt, Duration.ZERO);
  }

  private void mayRun(Handler handler, String note) {
    story.handler(handler.name(), RunEvent.Status.MAY_CHANGE, List.of(), note, Duration.ZERO);
  }
}

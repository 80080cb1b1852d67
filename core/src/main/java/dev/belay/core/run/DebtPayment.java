package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.plan.Planner;
import dev.belay.core.step.Handler;
import dev.belay.core.step.StepRefusedException;
import java.util.List;
import java.util.Map;

/**
 * Runs first what earlier runs owe the host. A handler that fails now is run once more at the end:
 * what is in its way may be just what this run mends. Health that is owed is looked at only at the
 * end, unless this run itself has seen the same thing healthy by then.
 */
final class DebtPayment {

  private final HostStory story;
  private final List<PlayTask> tasks;
  private final Facts facts;

  DebtPayment(HostStory story, List<PlayTask> tasks, Facts facts) {
    this.story = story;
    this.tasks = tasks;
    this.facts = facts;
  }

  /** Adds all debts to a stretch; none of them keeps the run from going on. */
  void addTo(Performance stretch, Handlers handlers, Map<String, String> debts) {
    debts.forEach(
        (name, script) -> {
          Handler handler = debtor(name, script);
          handlers.again(handler);
          if (!Debt.isHealth(name)) {
            stretch.add(handler, planned(handler, script));
          }
        });
  }

  /** Tells what is still owed after the attempt. */
  void tellUnpaid(Failure failure) {
    story.warn(
        failure.name(),
        "an earlier run owes this handler, and it failed: "
            + Problems.said(failure.reply())
            + "; it is run again at the end of this run");
  }

  private Handler debtor(String name, String script) {
    return tasks.stream()
        .flatMap(task -> task.task().handlers().stream())
        .filter(handler -> handler.name().equals(name))
        .findFirst()
        .orElseGet(() -> kept(name, script));
  }

  private Handler kept(String name, String script) {
    if (script.isEmpty()) {
      story.warn(name, "an earlier run owes this handler and kept no way to run it; it is dropped");
    }
    return new Handler(name, new Debt(name, script));
  }

  private List<Change> planned(Handler handler, String script) {
    try {
      return Planner.plan(handler, facts);
    } catch (UnknownFactException | FailedFactException | StepRefusedException useKept) {
      story.warn(
          handler.name(),
          "this handler cannot be planned now ("
              + useKept.getMessage()
              + "); what the earlier run kept is used");
      return Planner.plan(kept(handler.name(), script), facts);
    }
  }
}

package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.step.Handler;
import dev.belay.core.step.StepRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The handlers that a run has notified so far, each once, in order of first notice. */
final class Handlers {

  private final Set<Handler> notified = new LinkedHashSet<>();

  /** Notes the handlers of a task that changes something; returns scripts that make them debts. */
  List<String> notice(PlannedTask planned) {
    List<String> owes = new ArrayList<>();
    for (Handler handler : planned.task().handlers()) {
      if (notified.add(handler)) {
        owes.add(JournalScript.owe(handler.name(), script(handler, planned.after())));
      }
    }
    return owes;
  }

  Set<Handler> notified() {
    return notified;
  }

  /** What pays the debt if this run cannot; empty when it is not known yet. */
  private static String script(Handler handler, Facts facts) {
    try {
      return Planner.plan(handler, facts).stream()
          .map(Change::perform)
          .collect(Collectors.joining(" &&\n"));
    } catch (UnknownFactException | FailedFactException | StepRefusedException notYet) {
      return "";
    }
  }
}

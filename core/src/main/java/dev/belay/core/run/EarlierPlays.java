package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.step.Handler;
import dev.belay.core.step.StepRefusedException;
import dev.belay.core.step.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What plays of one host, run as another user, would have done before: check mode asks as each user
 * while nothing is changed yet, so what the earlier ones alter is not known to the later ones.
 */
final class EarlierPlays {

  private static final String WHY = "an earlier play, as another user, may change it before";

  private final String why;
  private final List<Predicted> before = new ArrayList<>();

  EarlierPlays() {
    this(WHY);
  }

  /**
   * Remembers what comes before for another cause than the user.
   *
   * @param why the reason that is told where a fact is not known because of it
   */
  EarlierPlays(String why) {
    this.why = why;
  }

  /**
   * Consecutive tasks as one user.
   *
   * @param tasks the tasks
   * @param facts what that user's plan was made of
   */
  private record Predicted(List<Task> tasks, Facts facts) {}

  /** Remembers tasks and what is known to them. */
  void add(List<Task> tasks, Facts facts) {
    before.add(new Predicted(tasks, facts));
  }

  /** Returns the facts of a later user, those unknown that the earlier ones may alter. */
  Facts doubted(Facts later) {
    Facts doubted = later;
    for (Predicted earlier : before) {
      Facts all = later.overlaidBy(earlier.facts());
      Facts after = after(earlier.tasks(), all);
      doubted = doubted.doubting((fact, value) -> !after.agrees(all, fact), why);
    }
    return doubted;
  }

  private Facts after(List<Task> tasks, Facts facts) {
    List<PlannedTask> plan = Planner.plan(tasks, facts);
    Facts after = plan.get(plan.size() - 1).after();
    for (Map.Entry<Handler, String> notice : Notices.of(plan).entrySet()) {
      after = after(notice.getKey(), after);
    }
    return after;
  }

  private Facts after(Handler handler, Facts facts) {
    try {
      Facts after = facts;
      for (Change change : Planner.plan(handler, facts)) {
        after = change.effect(after);
      }
      return after;
    } catch (UnknownFactException | FailedFactException | StepRefusedException unknown) {
      List<Fact<?>> reads = List.copyOf(handler.event().reads());
      return facts.doubting((fact, value) -> reads.contains(fact), why);
    }
  }
}

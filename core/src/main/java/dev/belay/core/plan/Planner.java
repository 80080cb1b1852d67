package dev.belay.core.plan;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.step.Handler;
import dev.belay.core.step.StepRefusedException;
import dev.belay.core.step.Task;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns tasks and facts into a plan. Pure: each planned change updates what later tasks see. */
public final class Planner {

  private Planner() {}

  /** Returns every question of the tasks and their handlers, each once. */
  public static Set<Fact<?>> questions(List<Task> tasks) {
    Set<Fact<?>> facts = new LinkedHashSet<>();
    for (Task task : tasks) {
      task.condition().ifPresent(condition -> facts.addAll(condition.reads()));
      facts.addAll(task.step().reads());
      task.handlers().forEach(handler -> facts.addAll(handler.event().reads()));
    }
    return facts;
  }

  /** Returns the questions that the answers so far raise and that were not asked yet. */
  public static Set<Fact<?>> followUps(List<Task> tasks, Facts facts) {
    Set<Fact<?>> more = new LinkedHashSet<>();
    for (Task task : tasks) {
      try {
        more.addAll(task.step().followUps(facts));
      } catch (UnknownFactException | FailedFactException | StepRefusedException noAnswer) {
        continue; // planning the task will say the same, where it is reported
      }
    }
    more.removeIf(facts::has);
    return more;
  }

  /** Returns the plan of the tasks in order; stops after the first that would fail. */
  public static List<PlannedTask> plan(List<Task> tasks, Facts facts) {
    List<PlannedTask> planned = new ArrayList<>();
    Facts now = facts;
    for (Task task : tasks) {
      PlannedTask next = plan(task, now);
      planned.add(next);
      now = next.after();
      if (next.outcome() instanceof Outcome.Fails) {
        break;
      }
    }
    return planned;
  }

  /** Returns the plan of one task, given what is known when its turn comes. */
  public static PlannedTask plan(Task task, Facts facts) {
    try {
      if (task.condition().isPresent() && !task.condition().get().holds(facts)) {
        String reason = "not: " + task.condition().get().text();
        return without(task, new Outcome.Skipped(reason), facts);
      }
      return withChanges(task, facts);
    } catch (UnknownFactException unknown) {
      return mayChange(task, unknown.getMessage(), facts);
    } catch (FailedFactException failed) {
      return fails(task, failed.getMessage(), failed.advice(), facts);
    } catch (StepRefusedException refused) {
      Problem problem =
          new Problem(
              refused.getMessage(),
              refused.got(),
              "nothing written by this task",
              refused.advice());
      return without(task, new Outcome.Fails(problem), facts);
    }
  }

  /** Returns what a handler would do, given what is known at the end. */
  public static List<Change> plan(Handler handler, Facts facts) {
    return List.copyOf(handler.event().plan(facts));
  }

  private static PlannedTask withChanges(Task task, Facts facts) {
    List<Change> changes = List.copyOf(task.step().plan(facts));
    List<String> warnings = task.step().warnings(facts);
    Facts after = facts;
    for (Change change : changes) {
      after = change.effect(after);
    }
    Optional<String> doubt =
        changes.stream().map(Change::doubt).flatMap(Optional::stream).findFirst();
    Outcome outcome =
        changes.isEmpty()
            ? new Outcome.Ok()
            : doubt.<Outcome>map(Outcome.MayChange::new).orElse(new Outcome.WouldChange());
    return new PlannedTask(
        task,
        outcome,
        changes,
        warnings,
        changes.isEmpty() ? Optional.empty() : task.step().health(facts),
        after);
  }

  /** A step changes at most what it reads, so that is what later tasks can no longer rely on. */
  private static PlannedTask mayChange(Task task, String reason, Facts facts) {
    Facts after = facts;
    for (Fact<?> read : task.step().reads()) {
      after = after.without(read, read + ": task \"" + task.name() + "\" may change it before");
    }
    return without(task, new Outcome.MayChange(reason), after);
  }

  private static PlannedTask without(Task task, Outcome outcome, Facts facts) {
    return new PlannedTask(task, outcome, List.of(), List.of(), Optional.empty(), facts);
  }

  private static PlannedTask fails(Task task, String got, String advice, Facts facts) {
    Problem problem = new Problem(task.step().label(), got, "nothing written by this task", advice);
    return without(task, new Outcome.Fails(problem), facts);
  }
}

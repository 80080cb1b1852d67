package dev.belay.core.plan;

import dev.belay.core.change.Change;
import dev.belay.core.fact.AccountFact;
import dev.belay.core.fact.BeyondHost;
import dev.belay.core.fact.CommandAnswer;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.fact.UserFact;
import dev.belay.core.step.Block;
import dev.belay.core.step.Handler;
import dev.belay.core.step.Place;
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
      if (task.options().elsewhere().isEmpty()) {
        task.condition().ifPresent(condition -> facts.addAll(condition.reads()));
        facts.addAll(task.step().reads());
      }
      task.handlers().forEach(handler -> facts.addAll(handler.event().reads()));
    }
    return facts;
  }

  /** Returns the questions that the answers so far raise and that were not asked yet. */
  public static Set<Fact<?>> followUps(List<Task> tasks, Facts facts) {
    Set<Fact<?>> more = new LinkedHashSet<>();
    for (Task task : tasks) {
      if (task.options().elsewhere().isPresent()) {
        continue; // it is asked about there
      }
      try {
        more.addAll(task.step().followUps(facts));
      } catch (UnknownFactException | FailedFactException | StepRefusedException noAnswer) {
        continue; // planning the task will say the same, where it is reported
      }
    }
    more.removeIf(facts::has);
    return more;
  }

  /**
   * Returns the plan of the tasks in order; stops after the first that would fail, does not ignore
   * errors and has no rescue in its block. A task fails too when nothing would keep its state:
   * when, with all the others done, it would have to change something once more.
   */
  public static List<PlannedTask> plan(List<Task> tasks, Facts facts) {
    List<PlannedTask> planned = new ArrayList<>();
    Facts now = facts;
    Task failed = null;
    for (int i = 0; i < tasks.size(); i++) {
      Task task = failed == null ? tasks.get(i) : tasks.get(i).afterFailureOf(failed);
      PlannedTask next = plan(task, now);
      if (next.outcome() instanceof Outcome.Fails fails && !task.options().ignoresErrors()) {
        if (!task.isRescuedBy(tasks.subList(i + 1, tasks.size()))) {
          planned.add(next);
          return planned;
        }
        next = without(task, new Outcome.Rescued(fails.problem()), now);
        failed = task;
      }
      planned.add(next);
      now = next.after();
    }
    return settled(planned, now);
  }

  /** What stands in a failed block is not kept: some of it was not done, some undoes the rest. */
  private static boolean isKept(PlannedTask planned, List<PlannedTask> all) {
    Task task = planned.task();
    return !task.options().ignoresErrors()
        && all.stream()
            .filter(each -> each.outcome() instanceof Outcome.Rescued)
            .noneMatch(each -> each.task().sharesBlock(task));
  }

  private static List<PlannedTask> settled(List<PlannedTask> planned, Facts end) {
    for (int i = 0; i < planned.size(); i++) {
      if (!isKept(planned.get(i), planned)) {
        continue; // it may fail, and then nobody says that its state is kept
      }
      PlannedTask again = plan(planned.get(i).task(), end);
      if (again.outcome() instanceof Outcome.WouldChange
          || again.outcome() instanceof Outcome.Fails) {
        List<PlannedTask> some = new ArrayList<>(planned.subList(0, i));
        some.add(without(again.task(), new Outcome.Fails(undoneByOthers(again)), end));
        return some;
      }
    }
    return planned;
  }

  private static Problem undoneByOthers(PlannedTask again) {
    return new Problem(
        "nothing left to do after " + again.task().step().label() + " and the tasks after it",
        "a later task takes its state away: " + again.leftToDo(),
        "nothing written by this task",
        "let one task say what is wanted here, or give the others a condition");
  }

  /** Returns the plan of one task, given what is known when its turn comes. */
  public static PlannedTask plan(Task task, Facts facts) {
    Optional<String> notRun = task.block().flatMap(Block::notRun);
    if (notRun.isPresent()) {
      return without(task, new Outcome.Skipped(notRun.get()), facts);
    }
    if (task.options().elsewhere().isPresent()) {
      return elsewhere(task, task.options().elsewhere().get(), facts);
    }
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

  /** What it does there may be seen from here, by whoever asks a cluster or a command. */
  private static PlannedTask elsewhere(Task task, String host, Facts facts) {
    boolean delegated = task.options().place() instanceof Place.On;
    String runs = (delegated ? "is done on " : "runs once, on ") + host;
    Facts after =
        facts.doubting(
            (fact, value) -> fact instanceof BeyondHost,
            "task \"" + task.name() + "\" " + runs + ", and may change it before");
    Outcome outcome = delegated ? new Outcome.MayChange("it " + runs) : new Outcome.Skipped(runs);
    return without(task, outcome, after);
  }

  /** Returns what a handler would do, given what is known at the end. */
  public static List<Change> plan(Handler handler, Facts facts) {
    return List.copyOf(handler.event().plan(facts));
  }

  private static PlannedTask withChanges(Task task, Facts facts) {
    List<Change> changes = List.copyOf(task.step().plan(facts));
    List<String> warnings = task.step().warnings(facts);
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
        task.step().findings(facts),
        changes.isEmpty() ? Optional.empty() : task.step().health(facts),
        ifDone(task, after(changes, facts), facts));
  }

  /** Whether a task that ignores errors has done anything is known only behind it. */
  private static Facts ifDone(Task task, Facts after, Facts before) {
    return task.options().ignoresErrors()
        ? before.doubtingWhatDiffers(
            after, "task \"" + task.name() + "\" ignores errors and may fail before")
        : after;
  }

  /** What a command will say after a change, only the host can tell. */
  private static Facts after(List<? extends Change> changes, Facts facts) {
    Facts after = facts;
    for (Change change : changes) {
      after =
          change
              .effect(after)
              .doubting(
                  (fact, value) -> fact instanceof CommandAnswer,
                  change.summary() + " comes before");
    }
    return after;
  }

  /** What the task would alter if it were done, later tasks can no longer rely on. */
  private static PlannedTask mayChange(Task task, String reason, Facts facts) {
    String why = "task \"" + task.name() + "\" may change it before";
    Facts after = facts;
    try {
      after = facts.doubtingWhatDiffers(after(task.step().plan(facts), facts), why);
    } catch (UnknownFactException unknown) {
      Facts most = after(task.step().atMost(facts), facts);
      Set<Fact<?>> reads = Set.copyOf(task.step().reads());
      after =
          facts
              .doubtingWhatDiffers(most, why)
              .doubting((fact, value) -> reads.contains(fact) && !lasting(fact), why);
    } catch (FailedFactException | StepRefusedException fails) {
      // then it alters nothing
    }
    return without(task, new Outcome.MayChange(reason), after);
  }

  private static boolean lasting(Fact<?> fact) {
    return fact instanceof UserFact || fact instanceof AccountFact;
  }

  private static PlannedTask without(Task task, Outcome outcome, Facts facts) {
    return new PlannedTask(task, outcome, List.of(), List.of(), List.of(), Optional.empty(), facts);
  }

  private static PlannedTask fails(Task task, String got, String advice, Facts facts) {
    Problem problem = new Problem(task.step().label(), got, "nothing written by this task", advice);
    return without(task, new Outcome.Fails(problem), facts);
  }
}

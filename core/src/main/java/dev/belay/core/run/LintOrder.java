package dev.belay.core.run;

import dev.belay.core.change.InstallPackages;
import dev.belay.core.fact.Facts;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.run.LintFinding.Level;
import dev.belay.core.step.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds tasks in the wrong order and tasks that take away what others make, by planning them for a
 * new host. Says nothing of what depends on the host: a task that would fail is a mistake of order
 * only if it would not fail behind a later one. Pure; used once.
 */
final class LintOrder {

  private final List<Task> tasks;
  private final List<PlannedTask> planned = new ArrayList<>();
  private final List<LintFinding> findings = new ArrayList<>();

  private LintOrder(List<Task> tasks) {
    this.tasks = tasks;
  }

  /**
   * Returns what is wrong.
   *
   * @param blank what a new host answers to all of the tasks
   */
  static List<LintFinding> of(List<Task> tasks, Facts blank) {
    LintOrder order = new LintOrder(tasks);
    Facts now = blank;
    for (Task task : tasks) {
      PlannedTask next = Planner.plan(task, now);
      order.planned.add(next);
      now = next.after();
    }
    for (int i = 0; i < tasks.size(); i++) {
      order.look(i);
    }
    return order.findings;
  }

  private void look(int i) {
    Outcome outcome = planned.get(i).outcome();
    if (outcome instanceof Outcome.Fails fails) {
      cure(i)
          .ifPresent(
              cure ->
                  add(i, "on a new host it would fail: " + fails.problem().got() + behind(cure)));
    } else if (outcome instanceof Outcome.Skipped skipped) {
      later(i, LintOrder::wouldChange)
          .ifPresent(
              cure ->
                  add(i, "on a new host it would be skipped, " + skipped.reason() + behind(cure)));
    } else if (!(outcome instanceof Outcome.MayChange) && !at(i, i).filter(open()).isPresent()) {
      later(i, open())
          .ifPresent(
              foe ->
                  add(
                      i,
                      PlaybookLint.name(foe)
                          + " takes its state away, so the two would never settle; let one task say"
                          + " what is wanted, or give them conditions"));
    }
  }

  /**
   * Returns the later task that makes what a task needs. A package may bring anything, so of those
   * only one counts whose name the task has, too.
   */
  private Optional<Task> cure(int i) {
    for (int j = i + 1; j < tasks.size(); j++) {
      Optional<PlannedTask> again = fails(planned.get(j)) ? Optional.empty() : at(i, j);
      boolean certain = again.filter(plan -> !fails(plan) && !mayChange(plan)).isPresent();
      if (certain || again.filter(LintOrder::mayChange).isPresent() && brings(j, tasks.get(i))) {
        return Optional.of(tasks.get(j));
      }
    }
    return Optional.empty();
  }

  private boolean brings(int packages, Task task) {
    return planned.get(packages).changes().stream()
        .filter(InstallPackages.class::isInstance)
        .flatMap(change -> ((InstallPackages) change).names().stream())
        .anyMatch(name -> task.step().label().contains(name));
  }

  private static String behind(Task cure) {
    return "; move it behind " + PlaybookLint.name(cure);
  }

  /** Tells of a plan that something is left to do. */
  private static Predicate<PlannedTask> open() {
    return again -> wouldChange(again) || fails(again);
  }

  /** Returns the first later task behind which a task is planned like that. */
  private Optional<Task> later(int i, Predicate<PlannedTask> like) {
    for (int j = i + 1; j < tasks.size(); j++) {
      if (!fails(planned.get(j)) && at(i, j).filter(like).isPresent()) {
        return Optional.of(tasks.get(j));
      }
    }
    return Optional.empty();
  }

  /** Plans a task behind another one; empty where that raises a question nobody asked. */
  private Optional<PlannedTask> at(int task, int behind) {
    try {
      return Optional.of(Planner.plan(tasks.get(task), planned.get(behind).after()));
    } catch (IllegalStateException notAsked) {
      return Optional.empty();
    }
  }

  private void add(int i, String text) {
    add(tasks.get(i), text);
  }

  private void add(Task task, String text) {
    findings.add(new LintFinding(Level.ERROR, task.source(), "task " + task.name(), text));
  }

  private static boolean fails(PlannedTask planned) {
    return planned.outcome() instanceof Outcome.Fails;
  }

  private static boolean mayChange(PlannedTask planned) {
    return planned.outcome() instanceof Outcome.MayChange;
  }

  private static boolean wouldChange(PlannedTask planned) {
    return planned.outcome() instanceof Outcome.WouldChange;
  }
}

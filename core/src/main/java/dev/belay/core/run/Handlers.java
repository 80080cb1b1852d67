package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Planner;
import dev.belay.core.step.Handler;
import dev.belay.core.step.Health;
import dev.belay.core.step.StepRefusedException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The handlers that a run has notified and not run yet, each once, in order of first notice. */
final class Handlers {

  private final Set<Handler> notified = new LinkedHashSet<>();
  private final Set<Handler> owed = new LinkedHashSet<>();

  /**
   * Notes the handlers of a task that changes something; returns what is owed from then on: script
   * by name, the health that the task must see included.
   */
  Map<String, String> notice(PlannedTask planned) {
    Map<String, String> owes = new LinkedHashMap<>();
    planned
        .health()
        .ifPresent(
            health -> {
              // What an earlier run left open is seen by this task.
              notified.removeIf(handler -> handler.name().equals(Debt.health(health)));
              owes.put(Debt.health(health), health.await());
            });
    for (Handler handler : planned.task().handlers()) {
      if (notified.add(handler)) {
        owes.put(handler.name(), script(handler, planned.after()));
      }
    }
    return owes;
  }

  /** Notes that the host has taken the debt of these handlers on. */
  void owed(List<Handler> handlers) {
    handlers.stream().filter(notified::contains).forEach(owed::add);
  }

  /**
   * Forgets those of tasks that were not begun because one before them has failed; what they would
   * have seen of the host's health is open again.
   */
  void keepOwed() {
    notified.clear();
    notified.addAll(owed);
  }

  /** Notes health that a task was to see and will not, since it has failed; the host owes it. */
  void unseen(Health health) {
    String name = Debt.health(health);
    again(new Handler(name, new Debt(name, health.await())));
  }

  /** Notes a handler that an earlier run owes and that could not be run first. */
  void again(Handler handler) {
    notified.add(handler);
    owed.add(handler);
  }

  /** Notes that what goes by this name was done. */
  void paid(String name) {
    notified.removeIf(handler -> handler.name().equals(name));
    owed.removeIf(handler -> handler.name().equals(name));
  }

  Set<Handler> notified() {
    return new LinkedHashSet<>(notified);
  }

  /** Returns the names of those that the next run has to run first if this one ends now. */
  List<String> owed() {
    return owed.stream().map(Handler::name).toList();
  }

  /** What pays the debt if this run cannot; empty when it is not known yet. */
  private static String script(Handler handler, Facts facts) {
    try {
      return Planner.plan(handler, facts).stream()
          .map(Change::perform)
          .collect(Collectors.joining(" &&\n"));
    } catch (UnknownFactException | FailedFactException | StepRefusedException unknown) {
      return "";
    }
  }
}

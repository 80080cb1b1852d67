package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.change.Diff;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Problem;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Tells what happens on one host as events. */
final class HostStory {

  private final String host;
  private final String playbook;
  private final Consumer<RunEvent> events;
  private int roundTrips;
  private RunEvent.Began began;

  HostStory(String host, String playbook, Consumer<RunEvent> events) {
    this.host = host;
    this.playbook = playbook;
    this.events = events;
  }

  /** Notes how often a shell of this host was asked and waited for. */
  void roundTrips(int more) {
    roundTrips += more;
  }

  int roundTrips() {
    return roundTrips;
  }

  String host() {
    return host;
  }

  String playbook() {
    return playbook;
  }

  void tell(RunEvent event) {
    events.accept(event);
  }

  /** Tells what the host is at, unless that was the last that was told of it. */
  void began(String play, String task) {
    RunEvent.Began now = new RunEvent.Began(host, play, task);
    if (!now.equals(began)) {
      began = now;
      tell(now);
    }
  }

  /** Tells the prediction for one task. */
  void predicted(PlayTask where, PlannedTask planned) {
    Outcome outcome = planned.outcome();
    if (outcome instanceof Outcome.Fails fails && where.task().options().ignoresErrors()) {
      ignored(where, fails.problem());
    } else if (outcome instanceof Outcome.Fails fails) {
      failed(where, fails.problem(), List.of(), false);
    } else if (outcome instanceof Outcome.MayChange may) {
      ended(where, planned.changes(), RunEvent.Status.MAY_CHANGE, may.reason(), Duration.ZERO);
    } else if (outcome instanceof Outcome.WouldChange) {
      ended(where, planned.changes(), RunEvent.Status.WOULD_CHANGE, "", Duration.ZERO);
    } else {
      unchanged(where, planned);
    }
    warnings(planned);
  }

  /** Tells in a check that it is not known what a task would do. */
  void mayChange(PlayTask where, String reason) {
    ended(where, List.of(), RunEvent.Status.MAY_CHANGE, reason, Duration.ZERO);
  }

  /** Tells that a task is done, or has nothing to do. */
  void done(PlayTask where, PlannedTask planned, Duration elapsed) {
    if (planned.changes().isEmpty()) {
      unchanged(where, planned);
    } else {
      ended(where, planned.changes(), RunEvent.Status.CHANGED, "", elapsed);
    }
    warnings(planned);
  }

  /** Tells of a handler. */
  void handler(
      String name, RunEvent.Status status, List<Change> changes, String note, Duration elapsed) {
    tell(
        new RunEvent.TaskEnded(
            host,
            "handlers",
            name,
            true,
            "",
            status,
            summaries(changes),
            diffs(changes),
            note,
            elapsed));
  }

  void failed(PlayTask where, Problem problem, List<String> diagnosis, boolean refused) {
    tell(failure(where, problem, diagnosis, refused));
  }

  /** Returns what {@link #failed} tells. */
  RunEvent.Failed failure(
      PlayTask where, Problem problem, List<String> diagnosis, boolean refused) {
    return new RunEvent.Failed(
        host,
        playbook,
        where.play().name(),
        where.task().name(),
        where.task().source(),
        problem,
        diagnosis,
        refused);
  }

  /** Tells of a task that has failed, or in a check would fail, and ends nothing. */
  void ignored(PlayTask where, Problem problem) {
    ended(where, List.of(), RunEvent.Status.IGNORED, problem.got(), Duration.ZERO);
  }

  /** Tells of a task that has failed, or in a check would fail, for which a rescue is run. */
  void rescued(PlayTask where, Problem problem) {
    ended(where, List.of(), RunEvent.Status.RESCUED, problem.got(), Duration.ZERO);
  }

  /** Tells of a failure that belongs to no single task. */
  void failed(String what, Problem problem, List<String> diagnosis) {
    tell(new RunEvent.Failed(host, playbook, "", what, "", problem, diagnosis, false));
  }

  void failed(String task, Problem problem, boolean refused) {
    failed(task, problem, List.of(), refused);
  }

  void failed(String task, Problem problem, List<String> diagnosis, boolean refused) {
    tell(new RunEvent.Failed(host, playbook, "", task, "", problem, diagnosis, refused));
  }

  void cameBack() {
    warn("", "the connection was lost; a new one was made, and the host had gone on meanwhile");
  }

  void warn(String task, String text) {
    tell(new RunEvent.Warned(host, task, text));
  }

  private void unchanged(PlayTask where, PlannedTask planned) {
    if (planned.outcome() instanceof Outcome.Fails fails) {
      ignored(where, fails.problem());
    } else if (planned.outcome() instanceof Outcome.Rescued rescued) {
      rescued(where, rescued.problem());
    } else if (planned.outcome() instanceof Outcome.Skipped skipped) {
      ended(where, List.of(), RunEvent.Status.SKIPPED, skipped.reason(), Duration.ZERO);
    } else {
      ended(where, List.of(), RunEvent.Status.OK, "", Duration.ZERO);
    }
  }

  /** Tells what a task has found, and what a careful colleague says about it. */
  void warnings(PlannedTask planned) {
    planned.findings().forEach(one -> tell(new RunEvent.Found(host, planned.task().name(), one)));
    planned.warnings().forEach(text -> warn(planned.task().name(), text));
  }

  private void ended(
      PlayTask where, List<Change> changes, RunEvent.Status status, String note, Duration elapsed) {
    tell(
        new RunEvent.TaskEnded(
            host,
            where.play().name(),
            where.task().name(),
            false,
            where.task().source(),
            status,
            summaries(changes),
            diffs(changes),
            note,
            elapsed));
  }

  static List<String> summaries(List<? extends Change> changes) {
    return changes.stream().map(Change::summary).toList();
  }

  static List<Diff> diffs(List<? extends Change> changes) {
    return changes.stream().flatMap(change -> change.diff().stream()).toList();
  }
}

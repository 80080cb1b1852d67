package dev.belay.core.run;

import dev.belay.core.change.Diff;
import dev.belay.core.plan.PlanItem;
import dev.belay.core.plan.Problem;
import dev.belay.core.step.Finding;
import java.time.Duration;
import java.util.List;

/**
 * Everything that happens in a run, in order; console, JSON lines, recap and exit code are folds
 * over it. Holds no secret in readable form: {@link Diff} content knows that it is one.
 */
public sealed interface RunEvent {

  /** What is being done. */
  enum Kind {
    /** Predict only; nothing is written. */
    CHECK,
    /** Make the changes. */
    APPLY,
    /** Undo a past run. */
    ROLLBACK,
    /** Predict what undoing a past run would do; nothing is written. */
    CHECK_ROLLBACK;

    /** Tells whether nothing is written. */
    public boolean dry() {
      return this == CHECK || this == CHECK_ROLLBACK;
    }
  }

  /** How a task ended on a host. */
  enum Status {
    /** Nothing had to change. */
    OK,
    /** Changed. */
    CHANGED,
    /** Check mode: apply would change it. */
    WOULD_CHANGE,
    /** Check mode: apply may change it; the event's note says why it is not known. */
    MAY_CHANGE,
    /** Does not concern the host or the run; the note says why. */
    SKIPPED,
    /** Failed, or in check mode would fail, and ends nothing; the note says how. */
    IGNORED,
    /**
     * Failed, or in check mode would fail, and the rescue of its block is run; the note says how.
     */
    RESCUED,
    /** Failed, or in check mode: apply would fail. */
    FAILED
  }

  /**
   * A run begins.
   *
   * @param kind what is being done
   * @param playbook its name
   * @param run the run's identifier, which names the journal on each host
   * @param hosts names of the hosts
   */
  record Started(Kind kind, String playbook, String run, List<String> hosts) implements RunEvent {}

  /**
   * A host answered for the first time.
   *
   * @param host name
   * @param elapsed since the connection was begun
   */
  record Connected(String host, Duration elapsed) implements RunEvent {}

  /**
   * An apply has come to a task on a host: what the host is at until the next word of it. Known
   * without asking, since a host answers in order.
   *
   * @param host name
   * @param play name of the play; empty for what belongs to none, such as a guard
   * @param task name of the task; for a handler its name
   */
  record Began(String host, String play, String task) implements RunEvent {}

  /**
   * How far long work is. Told now and then, for somebody who looks on; programs that read a run
   * lose nothing without it.
   *
   * @param host name
   * @param what what is at work, in a few words
   * @param percent how much of it is done, 0 to 100; -1 where it is not known
   */
  record Progress(String host, String what, int percent) implements RunEvent {

    /** Checks the range. */
    public Progress {
      if (percent < -1 || percent > 100) {
        throw new IllegalArgumentException("percent must be -1 to 100, got " + percent);
      }
    }
  }

  /**
   * A task is done, or predicted, on a host.
   *
   * @param host name
   * @param play name of the play
   * @param task name of the task; for a handler its name
   * @param handler whether it is a handler
   * @param source where the author wrote it
   * @param status how it ended
   * @param summaries one line for each change
   * @param diffs what became, or would become, different
   * @param note reason of SKIPPED, MAY_CHANGE, IGNORED and RESCUED, else empty
   * @param elapsed time the host took for it; zero in check mode
   */
  record TaskEnded(
      String host,
      String play,
      String task,
      boolean handler,
      String source,
      Status status,
      List<String> summaries,
      List<Diff> diffs,
      String note,
      Duration elapsed)
      implements RunEvent {}

  /**
   * In a check: what a task, or a debt of an earlier run, would do, for a plan that is kept. Told
   * besides {@link TaskEnded}, which is what people read.
   *
   * @param host name
   * @param item what is planned
   */
  record Planned(String host, PlanItem item) implements RunEvent {}

  /**
   * A task has found something out on a host, be there something to change or not.
   *
   * @param host name
   * @param task name of the task
   * @param finding what
   */
  record Found(String host, String task, Finding finding) implements RunEvent {}

  /**
   * Something a careful colleague would say.
   *
   * @param host name
   * @param task name of the task, may be empty
   * @param text the sentence
   */
  record Warned(String host, String task, String text) implements RunEvent {}

  /**
   * A task failed on a host; what follows is not done there.
   *
   * @param host name
   * @param playbook name of the playbook
   * @param play name of the play
   * @param task name of the task
   * @param source where the author wrote it
   * @param problem wanted, got, state, do
   * @param diagnosis what the host showed when a health condition failed; else empty
   * @param refused whether nothing was tried at all: drift, lock or preflight
   */
  record Failed(
      String host,
      String playbook,
      String play,
      String task,
      String source,
      Problem problem,
      List<String> diagnosis,
      boolean refused)
      implements RunEvent {}

  /**
   * A host cannot be reached, refuses us, or was lost on the way.
   *
   * @param host name
   * @param problem wanted, got, state, do
   */
  record Unreachable(String host, Problem problem) implements RunEvent {}

  /**
   * One change of a run was undone.
   *
   * @param host name
   * @param summary what was undone
   * @param diffs what became, or in a check of a rollback would become, different
   * @param dry whether it is only predicted
   */
  record Undone(String host, String summary, List<Diff> diffs, boolean dry) implements RunEvent {}

  /**
   * A run was undone on a host, as far as could be; in a check of a rollback, it would be.
   *
   * @param host name
   * @param run the run that was undone
   * @param block the guarded block that alone was undone, as where the author wrote it; empty for
   *     the whole run
   * @param remaining what could not be undone, and why; empty when the host is as before
   */
  record RolledBack(String host, String run, String block, List<String> remaining)
      implements RunEvent {

    /** A whole run was undone. */
    public RolledBack(String host, String run, List<String> remaining) {
      this(host, run, "", remaining);
    }
  }

  /**
   * In a check: the tasks of a block that would change something would hang on a guard.
   *
   * @param host name
   * @param guard where the author of the playbook wrote it
   * @param within how long after the last change the host would wait
   * @param conditions what would have to hold, besides a new login
   */
  record WouldGuard(String host, String guard, Duration within, List<String> conditions)
      implements RunEvent {}

  /**
   * The host was seen healthy over a new login, so a guarded block is kept.
   *
   * @param host name
   * @param guard where the author of the playbook wrote it
   * @param conditions what was seen to hold, besides the new login
   */
  record Kept(String host, String guard, List<String> conditions) implements RunEvent {}

  /**
   * A host is not reached any more, since an earlier one ended the run.
   *
   * @param host name
   * @param reason why
   */
  record NotReached(String host, String reason) implements RunEvent {}

  /**
   * A host is done.
   *
   * @param host name
   * @param roundTrips requests sent and waited for, after login
   * @param elapsed since the connection was begun
   */
  record HostEnded(String host, int roundTrips, Duration elapsed) implements RunEvent {}

  /**
   * The run is over.
   *
   * @param recap counts by host
   * @param elapsed in all
   */
  record Ended(Recap recap, Duration elapsed) implements RunEvent {}
}

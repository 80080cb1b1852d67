package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.journal.GuardScript;
import dev.belay.core.journal.Journal;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.plan.Problem;
import dev.belay.core.step.Health;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends the work on one host: tells what failed and how the host is left, and closes the journal.
 */
final class HostEnd {

  private final HostStory story;
  private final LastingShell shell;
  private final Ledger ledger;
  private final Handlers handlers;

  HostEnd(HostStory story, LastingShell shell, Ledger ledger, Handlers handlers) {
    this.story = story;
    this.shell = shell;
    this.ledger = ledger;
    this.handlers = handlers;
  }

  /** The plan leads no further: a task would fail, or what it needs to know stays unknown. */
  void stuck(List<PlayTask> todo, List<PlannedTask> plan) {
    tellStuck(todo, plan);
    closeFailed();
  }

  /** Tells why a plan leads no further; the journal stays open. */
  void tellStuck(List<PlayTask> todo, List<PlannedTask> plan) {
    for (int i = 0; i < plan.size(); i++) {
      Outcome outcome = plan.get(i).outcome();
      if (outcome instanceof Outcome.Fails fails && !Stretch.ignored(plan.get(i))) {
        Problem p = fails.problem();
        Problem told = new Problem(p.wanted(), p.got(), state(), p.advice());
        story.failed(todo.get(i), told, List.of(), false);
      } else if (i == 0
          && outcome instanceof Outcome.MayChange may
          && isUnknown(todo.get(0), plan.get(0))) {
        Problem told =
            new Problem(
                plan.get(i).task().step().label(),
                "still unknown when its turn came: " + may.reason(),
                state(),
                "look at the host, mend what hides it, and run again");
        story.failed(todo.get(i), told, List.of(), false);
        break;
      }
    }
  }

  /** Tells whether nothing is known of a task although its turn has come. */
  static boolean isUnknown(PlayTask where, PlannedTask planned) {
    return planned.outcome() instanceof Outcome.MayChange
        && planned.changes().isEmpty()
        && !Stretch.elsewhere(where.task());
  }

  /** What always stands at the end of a block is done, and the failure before it was told. */
  void ended() {
    closeFailed();
  }

  /**
   * Tells of a change that was not made, where its task ignores errors: false where it does not, or
   * where it is not the change that failed but the host, the lock, the journal or the health.
   */
  boolean ignores(Failure failure) {
    boolean ignored =
        isOfTask(failure)
            && failure.where().filter(where -> where.task().options().ignoresErrors()).isPresent();
    if (ignored) {
      story.ignored(failure.where().get(), problem(failure));
    }
    return ignored;
  }

  /**
   * Tells whether it is a change that failed, not the host, the lock, the journal or the health.
   */
  static boolean isOfTask(Failure failure) {
    Reply reply = failure.reply();
    return reply.exit() != GuardScript.ENDED
        && reply.exit() != GuardScript.STOPPED
        && reply.exit() != JournalScript.NOT_NOTED
        && !Problems.untouched(reply)
        && failure.change().isPresent();
  }

  /** Tells of a task that ignores errors and of which nothing is known when its turn comes. */
  boolean ignores(PlayTask where, PlannedTask planned) {
    boolean unknown =
        Stretch.ignored(planned)
            && planned.changes().isEmpty()
            && planned.outcome() instanceof Outcome.MayChange;
    if (unknown) {
      String why = ((Outcome.MayChange) planned.outcome()).reason();
      story.ignored(where, new Problem("", "still unknown when its turn came: " + why, "", ""));
    }
    return unknown;
  }

  /** Says what has come of a task that runs once, and was waited for. */
  Elsewhere.Done heard(PlayTask where, Turns.Turn turn) {
    if (turn != Turns.Turn.LOST) {
      return new Elsewhere.Done(turn, List.of());
    }
    String host = where.task().options().elsewhere().orElseThrow();
    Problem problem =
        new Problem(
            "task \"" + where.task().name() + "\", which runs once, done on " + host,
            host + " failed at it, or ended before it",
            state(),
            "mend what " + host + " says, then run again");
    return new Elsewhere.Done(turn, List.of(story.failure(where, problem, List.of(), false)));
  }

  /** A handler cannot be planned; always false. */
  boolean failed(Notices.Refusal refusal) {
    tell(refusal);
    return failedBefore();
  }

  /** Tells that a handler cannot be planned; the journal stays open. */
  void tell(Notices.Refusal refusal) {
    String name = "handler " + refusal.handler().name();
    story.failed(name, Problems.of(refusal.why(), state()), false);
  }

  /** A change was not made, or a health condition did not hold. */
  void failed(Failure failure) {
    if (ledger.rope().isEmpty()) {
      Problems.refuseEnded(story.host(), failure.reply());
    }
    if (failure.health().isPresent() && ledger.rope().isPresent()) {
      unhealthy(failure, failure.health().get());
      return;
    }
    if (failure.health().isPresent()) {
      new HealthRollback(story, shell, ledger).run(failure);
      return;
    }
    boolean refused = Problems.refused(failure.reply()) && ledger.made() == 0;
    if (failure.where().isPresent()) {
      story.failed(failure.where().get(), problem(failure), List.of(), refused);
    } else {
      story.failed(failure.name(), problem(failure), refused);
    }
    closeFailed();
  }

  /** A change that hangs on a guard has made the host ill; the host itself undoes it. */
  private void unhealthy(Failure failure, Health health) {
    List<String> diagnosis = new ArrayList<>();
    Batch look = new Batch();
    look.add(
        Request.always(health.diagnose(), Ledger.SHORT),
        reply -> reply.text().lines().forEach(diagnosis::add));
    look.send(shell);
    Problem problem =
        new Problem(
            health.condition(),
            Problems.said(failure.reply()),
            state(),
            "mend what the diagnosis shows, then run check and apply again");
    story.failed(failure.where().orElseThrow(), problem, diagnosis, false);
    closeFailed();
  }

  /** What hangs on the guard, or what a block brought to its end, failed, as was told; false. */
  boolean failedBefore() {
    closeFailed();
    return false;
  }

  /** A guarded block is done, but a task of it would change something once more. */
  void unsettled(PlayTask task, PlannedTask planned) {
    story.failed(task, Stretch.unsettled(planned, state()), List.of(), false);
  }

  /** Returns what went wrong with a change. */
  Problem problem(Failure failure) {
    Reply reply = failure.reply();
    return failure
        .change()
        .map(
            change ->
                Problems.ofChange(
                    change.summary(),
                    reply,
                    ledger.stateAfter(story.host(), change, isWhole(failure, change), reply)))
        .orElseGet(() -> Problems.ofOpening(reply, state()));
  }

  private static boolean isWhole(Failure failure, Change change) {
    return change.whole()
        && failure.where().map(task -> task.task().options().keepsChangesWhole()).orElse(true);
  }

  private String state() {
    return ledger.state(story.host());
  }

  private void closeFailed() {
    if (ledger.rope().isPresent()) {
      new GuardRollback(story, shell, ledger).run(ledger.rope().get());
      return;
    }
    for (String name : handlers.owed()) {
      story.warn(
          name,
          Debt.isHealth(name)
              ? "it is not known; the next apply on this host looks at it"
              : "this handler was notified and has not run; the next apply on this host runs it");
    }
    close(Journal.FAILED);
  }

  /** Ends the journal; false when the host could not write that down. */
  boolean close(String state) {
    List<Reply> bad = new ArrayList<>();
    Batch batch = new Batch();
    if (!ledger.opened()) {
      // It was refused; nothing of what was tried stays.
      batch.add(Request.always(GuardScript.forgetJobs(ledger.run()), Ledger.SHORT), reply -> {});
    }
    ledger.close(
        batch,
        state,
        reply -> {
          if (!reply.ok()) {
            bad.add(reply);
          }
        });
    batch.send(shell);
    bad.forEach(reply -> story.failed("journal", Problems.ofClosing(reply, state()), false));
    return bad.isEmpty();
  }
}

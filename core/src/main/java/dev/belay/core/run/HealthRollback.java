package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Facts;
import dev.belay.core.journal.Journal;
import dev.belay.core.journal.JournalFact;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.journal.RollbackPlan;
import dev.belay.core.plan.Problem;
import dev.belay.core.step.Health;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Undoes a run on its host because a health condition did not hold. */
final class HealthRollback {

  private final HostStory story;
  private final Shell shell;
  private final Ledger ledger;
  private final Handlers handlers;
  private final List<String> remaining = new ArrayList<>();
  private List<String> diagnosis = List.of();
  private Facts answers = Facts.NONE;

  HealthRollback(HostStory story, Shell shell, Ledger ledger, Handlers handlers) {
    this.story = story;
    this.shell = shell;
    this.ledger = ledger;
    this.handlers = handlers;
  }

  void run(Failure failure) {
    Health health = failure.health().orElseThrow();
    JournalFact fact = new JournalFact(ledger.run());
    Batch look = new Batch();
    look.add(
        Request.always(health.diagnose(), Ledger.SHORT),
        reply -> diagnosis = reply.text().lines().toList());
    look.add(
        Request.always(fact.question(), Ledger.SHORT),
        reply -> answers = answers.answered(fact, answer(reply)));
    look.send(shell);
    Problem problem =
        new Problem(
            health.condition(),
            Problems.oneLine(failure.reply().err()),
            "all changes of this run are being undone, see below",
            "mend what the diagnosis shows, then run check and apply again");
    story.failed(failure.where().orElseThrow(), problem, diagnosis, false);
    undo(RollbackPlan.of(answers.get(fact)), health);
  }

  private void undo(RollbackPlan plan, Health health) {
    remaining.addAll(plan.lasting());
    plan.conflicts()
        .forEach(conflict -> remaining.add(conflict.path() + ": somebody changed it meanwhile"));
    Batch batch = new Batch();
    plan.undos().forEach(undo -> add(batch, undo.change()));
    handlers
        .notified()
        .forEach(
            handler ->
                batch.add(
                    Request.always(JournalScript.paid(handler.name()), Ledger.SHORT), reply -> {}));
    batch.add(
        Request.always(health.awaitRestored(), health.deadline().plus(Duration.ofSeconds(30))),
        reply -> {
          if (!reply.ok()) {
            remaining.add("health after the undo: " + Problems.oneLine(reply.err()));
          }
        });
    batch.send(shell);
    Batch end = new Batch();
    ledger.close(end, remaining.isEmpty() ? Journal.ROLLED_BACK : Journal.FAILED);
    end.send(shell);
    story.tell(new RunEvent.RolledBack(story.host(), ledger.run(), remaining));
  }

  private void add(Batch batch, Change change) {
    batch.add(
        Request.always(JournalScript.undoing(change), change.deadline().plus(Ledger.SHORT)),
        reply -> {
          if (reply.ok()) {
            story.tell(new RunEvent.Undone(story.host(), change.summary(), change.diff(), false));
          } else {
            remaining.add(change.summary() + ": " + Problems.oneLine(reply.err()));
          }
        });
  }

  private static Answer answer(Reply reply) {
    return new Answer(reply.exit(), reply.out(), reply.err());
  }
}

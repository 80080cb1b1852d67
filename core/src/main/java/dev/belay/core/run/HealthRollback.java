package dev.belay.core.run;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.journal.GuardScript;
import dev.belay.core.journal.Journal;
import dev.belay.core.journal.JournalFact;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.journal.JournalUnreadableException;
import dev.belay.core.journal.RollbackPlan;
import dev.belay.core.plan.Problem;
import dev.belay.core.step.Health;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Undoes a run on its host because a health condition did not hold. */
final class HealthRollback {

  private static final Duration SLACK = Duration.ofSeconds(30);

  private final HostStory story;
  private final LastingShell shell;
  private final Ledger ledger;
  private final Undoing undoing;
  private List<String> diagnosis = List.of();
  private Facts answers = Facts.NONE;

  HealthRollback(HostStory story, LastingShell shell, Ledger ledger) {
    this.story = story;
    this.shell = shell;
    this.ledger = ledger;
    this.undoing = new Undoing(story);
  }

  void run(Failure failure) {
    Health health = failure.health().orElseThrow();
    JournalFact fact = new JournalFact(ledger.run());
    look(health, fact);
    Problem problem =
        new Problem(
            health.condition(),
            Problems.said(failure.reply()),
            "all changes of this run are being undone, see below",
            "mend what the diagnosis shows, then run check and apply again");
    story.failed(failure.where().orElseThrow(), problem, diagnosis, false);
    ledger.undoing();
    try {
      undo(answers.get(fact), health);
    } catch (FailedFactException | JournalUnreadableException unreadable) {
      undoing.remains("everything this run did, for its journal: " + unreadable.getMessage());
    }
    end();
  }

  private void look(Health health, JournalFact fact) {
    Batch look = new Batch();
    look.add(
        Request.always(health.diagnose(), Ledger.SHORT),
        reply -> diagnosis = reply.text().lines().toList());
    look.add(Request.always(fact.question(), Ledger.SHORT), reply -> answer(fact, reply));
    look.send(shell);
  }

  private void answer(JournalFact fact, Reply reply) {
    answers = answers.answered(fact, new Answer(reply.exit(), reply.out(), reply.err()));
  }

  private void undo(Journal journal, Health health) {
    RollbackPlan plan = RollbackPlan.of(journal);
    undoing.remain(plan.lasting());
    plan.conflicts()
        .forEach(conflict -> undoing.remains(conflict.path() + ": somebody changed it meanwhile"));
    if (journal.entries().stream().filter(entry -> entry.done()).count() < ledger.made()) {
      undoing.remains("what this run did as another user, whose journal is elsewhere");
    }
    List<Reply> ended = new ArrayList<>();
    Batch batch = new Batch();
    for (RollbackPlan.Undo undo : plan.undos()) {
      batch.add(
          Request.always(
              JournalScript.undoing(ledger.run(), undo.change()),
              undo.change().deadline().plus(Ledger.SHORT)),
          reply -> {
            if (reply.exit() == GuardScript.ENDED) {
              ended.add(reply);
            } else {
              undoing.replied(undo.change(), reply);
            }
          });
    }
    for (String script : awaitRestored(journal, health)) {
      batch.add(Request.always(script, health.deadline().plus(SLACK)), undoing::healthReplied);
    }
    batch.perform(shell, ledger.run(), new Batch());
    ended.forEach(reply -> Problems.refuseEnded(story.host(), reply));
  }

  /** The condition that failed, and those that held before it in the same run. */
  private static Set<String> awaitRestored(Journal journal, Health health) {
    Set<String> scripts = new LinkedHashSet<>(Undoing.awaitRestored(journal));
    scripts.add(health.awaitRestored());
    return scripts;
  }

  private void end() {
    boolean clean = undoing.remaining().isEmpty();
    Batch end = new Batch();
    if (clean) {
      end.add(
          Request.always(JournalScript.forgive(ledger.run()), Ledger.SHORT), undoing::endReplied);
    }
    ledger.close(end, clean ? Journal.ROLLED_BACK : Journal.FAILED, undoing::endReplied);
    end.send(shell);
    story.tell(new RunEvent.RolledBack(story.host(), ledger.run(), undoing.remaining()));
  }
}

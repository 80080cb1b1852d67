package dev.belay.core.run;

import dev.belay.core.journal.Journal;
import dev.belay.core.journal.JournalHeader;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.journal.RollbackPlan;
import dev.belay.core.plan.Problem;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Undoes what a journal keeps. It is a run itself, with lock and journal. */
final class JournalRollback {

  private static final Duration HEALTH = Duration.ofMinutes(15);

  private final HostStory story;
  private final Shell shell;
  private final String own;
  private final String operator;
  private final Undoing undoing;
  private Ledger ledger;
  private String undone = "";
  private int undos;

  JournalRollback(HostStory story, Shell shell, String own, String operator) {
    this.story = story;
    this.shell = shell;
    this.own = own;
    this.operator = operator;
    this.undoing = new Undoing(story);
  }

  void undo(Journal journal, RollbackPlan plan) {
    undone = journal.run();
    undos = plan.undos().size();
    ledger = new Ledger(own, header(journal));
    if (!begin()) {
      return;
    }
    Batch batch = new Batch();
    plan.undos().forEach(undo -> add(batch, undo));
    batch.add(Request.ifAllWell(JournalScript.sweep(undone), Ledger.SHORT), reply -> {});
    for (String script : Undoing.awaitRestored(journal)) {
      batch.add(Request.ifAllWell(script, HEALTH), undoing::healthReplied);
    }
    batch.send(shell);
    undoing.remain(plan.lasting());
    close(journal);
  }

  /** Takes the lock, begins the journal, and marks the run, all before the first undo is sent. */
  private boolean begin() {
    List<Reply> refused = new ArrayList<>();
    Consumer<Reply> listen =
        reply -> {
          if (!reply.ok() && !reply.skipped()) {
            refused.add(reply);
          }
        };
    Batch batch = new Batch();
    ledger.open(batch, listen);
    batch.add(
        Request.ifAllWell(JournalScript.mark(undone, Journal.ROLLING_BACK), Ledger.SHORT), listen);
    batch.send(shell);
    for (Reply reply : refused) {
      Problem problem = Problems.ofOpening(reply, "nothing written");
      story.failed("rollback", problem, Problems.refused(reply));
      end(Journal.FAILED);
    }
    return refused.isEmpty();
  }

  private void end(String state) {
    Batch batch = new Batch();
    ledger.close(batch, state, undoing::endReplied);
    batch.send(shell);
  }

  private void add(Batch batch, RollbackPlan.Undo undo) {
    String task = undo.entry().intent().task();
    Ledger.Entry entry = new Ledger.Entry("rollback", task, undo.change(), Map.of(), "", "", true);
    ledger.change(batch, entry, reply -> undoing.replied(undo.change(), reply));
  }

  private JournalHeader header(Journal journal) {
    return new JournalHeader(
        "rollback of " + journal.header().playbook(),
        operator,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        journal.run());
  }

  private void close(Journal journal) {
    boolean clean = undoing.remaining().isEmpty();
    Batch batch = new Batch();
    if (!clean) {
      end(batch, JournalScript.unmark(journal.run()));
    } else {
      end(batch, JournalScript.forgive(journal.run()));
      end(batch, JournalScript.mark(journal.run(), Journal.ROLLED_BACK));
      if (!journal.header().undoes().isEmpty()) {
        end(batch, JournalScript.unmark(journal.header().undoes()));
      }
    }
    ledger.close(batch, clean ? Journal.APPLIED : Journal.FAILED, undoing::endReplied);
    batch.send(shell);
    story.tell(new RunEvent.RolledBack(story.host(), journal.run(), undoing.remaining()));
  }

  private void end(Batch batch, String script) {
    batch.add(Request.always(script, Ledger.SHORT), undoing::endReplied);
  }

  /** Says what is known when the host is lost now. */
  Loss loss() {
    if (ledger == null || !ledger.begun()) {
      return Loss.OF_NOTHING;
    }
    return new Loss(
        "the rollback of run "
            + undone
            + " was cut off: "
            + ledger.made()
            + " of "
            + undos
            + " undos are made for certain",
        "then run `belay rollback "
            + story.host()
            + " "
            + undone
            + "` again; it goes on from there");
  }
}

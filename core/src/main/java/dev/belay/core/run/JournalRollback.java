package dev.belay.core.run;

import dev.belay.core.journal.Journal;
import dev.belay.core.journal.JournalHeader;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.journal.RollbackPlan;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    Batch batch = new Batch();
    List<Reply> refused = new ArrayList<>();
    ledger.open(batch, reply -> opened(reply, refused));
    for (RollbackPlan.Undo undo : plan.undos()) {
      add(batch, undo, refused);
    }
    batch.add(Request.ifAllWell(JournalScript.sweep(journal.run()), Ledger.SHORT), reply -> {});
    for (String script : Undoing.awaitRestored(journal)) {
      batch.add(Request.ifAllWell(script, HEALTH), undoing::healthReplied);
    }
    batch.send(shell);
    if (!refused.isEmpty()) {
      story.failed(
          "rollback",
          Problems.ofOpening(refused.get(0), "nothing written"),
          Problems.refused(refused.get(0)));
      return;
    }
    undoing.remain(plan.lasting());
    close(journal);
  }

  private void opened(Reply reply, List<Reply> refused) {
    if (!reply.ok()) {
      refused.add(reply);
    }
  }

  private void add(Batch batch, RollbackPlan.Undo undo, List<Reply> refused) {
    Ledger.Entry entry =
        new Ledger.Entry(
            "rollback", undo.entry().intent().task(), undo.change(), Map.of(), "", "", true);
    ledger.change(
        batch,
        entry,
        reply -> {
          if (refused.isEmpty()) {
            undoing.replied(undo.change(), reply);
          }
        });
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
    if (clean) {
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

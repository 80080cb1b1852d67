package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.change.Diff;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.journal.Journal;
import dev.belay.core.journal.JournalFact;
import dev.belay.core.journal.JournalHeader;
import dev.belay.core.journal.JournalScript;
import dev.belay.core.journal.RollbackPlan;
import dev.belay.core.journal.RunsFact;
import dev.belay.core.plan.Problem;
import dev.belay.core.transport.Reply;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rolls a past run back on one host, also one whose controller died half way. It is a run itself,
 * with lock and journal.
 */
final class HostRollback {

  private static final Duration HEALTH = Duration.ofMinutes(15);

  private final HostStory story;
  private final Shell shell;
  private final String own;
  private final String operator;
  private final List<String> remaining = new ArrayList<>();

  HostRollback(HostStory story, Shell shell, String own, String operator) {
    this.story = story;
    this.shell = shell;
    this.own = own;
    this.operator = operator;
  }

  void run(Optional<String> asked, boolean apply) {
    Optional<String> run = asked.isPresent() ? asked : newest();
    if (run.isEmpty()) {
      refuse(
          "a run to roll back",
          "the host keeps no journal of one made by this user",
          "add --become for a run of a play that became root, or look at `belay runs`");
      return;
    }
    Journal journal = read(run.get());
    if (journal == null || !mayBegin(journal)) {
      return;
    }
    RollbackPlan plan = RollbackPlan.of(journal);
    if (!plan.conflicts().isEmpty()) {
      tellConflicts(journal.run(), plan);
    } else if (apply) {
      undo(journal, plan);
    } else {
      plan.undos().forEach(undo -> tell(undo.change(), true));
      plan.lasting().forEach(lasting -> story.warn("", "has no undo and stays: " + lasting));
    }
  }

  private Optional<String> newest() {
    List<RunsFact.Run> runs = ask(new RunsFact());
    for (int i = runs.size() - 1; i >= 0; i--) {
      RunsFact.Run run = runs.get(i);
      if (run.header().undoes().isEmpty() && !run.state().equals(Journal.ROLLED_BACK)) {
        return Optional.of(run.run());
      }
    }
    return Optional.empty();
  }

  private Journal read(String run) {
    try {
      return ask(new JournalFact(run));
    } catch (FailedFactException none) {
      refuse("to roll back run " + run, none.getMessage(), none.advice());
      return null;
    }
  }

  private boolean mayBegin(Journal journal) {
    if (journal.state().equals(Journal.ROLLED_BACK)) {
      refuse(
          "to roll back run " + journal.run(),
          "it is rolled back already",
          "look at `belay runs` for another");
      return false;
    }
    return true;
  }

  private void tellConflicts(String run, RollbackPlan plan) {
    List<Diff> diffs = plan.conflicts().stream().map(RollbackPlan.Conflict::diff).toList();
    List<String> paths =
        plan.conflicts().stream()
            .map(conflict -> conflict.path() + " was changed since run " + run)
            .toList();
    story.tell(
        new RunEvent.TaskEnded(
            story.host(),
            "rollback",
            "run " + run,
            false,
            "",
            RunEvent.Status.FAILED,
            paths,
            diffs,
            "",
            Duration.ZERO));
    refuse(
        "to roll back run " + run,
        String.join("; ", paths),
        "keep what was changed since, or roll the later run back first (belay runs)");
  }

  private void undo(Journal journal, RollbackPlan plan) {
    Ledger ledger =
        new Ledger(
            own,
            new JournalHeader(
                "rollback of " + journal.header().playbook(),
                operator,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                journal.run()));
    Batch batch = new Batch();
    List<Reply> refused = new ArrayList<>();
    ledger.open(
        batch,
        reply -> {
          if (!reply.ok()) {
            refused.add(reply);
          }
        });
    for (RollbackPlan.Undo undo : plan.undos()) {
      Ledger.Entry entry =
          new Ledger.Entry(
              "rollback", undo.entry().intent().task(), undo.change(), List.of(), "", "", true);
      ledger.change(batch, entry, reply -> undone(undo.change(), refused.isEmpty(), reply));
    }
    health(journal).forEach(script -> addHealth(batch, script, refused));
    batch.send(shell);
    if (!refused.isEmpty()) {
      story.failed("rollback", Problems.ofOpening(refused.get(0)), true);
      return;
    }
    remaining.addAll(plan.lasting());
    close(ledger, journal.run());
  }

  private void addHealth(Batch batch, String script, List<Reply> refused) {
    batch.add(
        Request.ifAllWell(script, HEALTH),
        reply -> {
          if (!reply.ok() && !reply.skipped() && refused.isEmpty()) {
            remaining.add("health after the rollback: " + Problems.oneLine(reply.err()));
          }
        });
  }

  private void close(Ledger ledger, String run) {
    Batch batch = new Batch();
    if (remaining.isEmpty()) {
      batch.add(
          Request.always(JournalScript.mark(run, Journal.ROLLED_BACK), Ledger.SHORT), reply -> {});
    }
    ledger.close(batch, remaining.isEmpty() ? Journal.APPLIED : Journal.FAILED);
    batch.send(shell);
    story.tell(new RunEvent.RolledBack(story.host(), run, remaining));
  }

  private void undone(Change change, boolean opened, Reply reply) {
    if (reply.ok()) {
      tell(change, false);
    } else if (opened) {
      remaining.add(change.summary() + ": " + Problems.oneLine(reply.err()));
    }
  }

  private static Set<String> health(Journal journal) {
    Set<String> scripts = new LinkedHashSet<>();
    journal.entries().forEach(entry -> scripts.add(entry.intent().awaitRestored()));
    scripts.remove("");
    return scripts;
  }

  private void tell(Change change, boolean dry) {
    story.tell(new RunEvent.Undone(story.host(), change.summary(), change.diff(), dry));
  }

  private void refuse(String wanted, String got, String advice) {
    story.failed("rollback", new Problem(wanted, got, "nothing written", advice), true);
  }

  private <T> T ask(Fact<T> fact) {
    Questions questions = new Questions();
    Batch batch = new Batch();
    questions.addTo(batch, List.of(fact), false);
    batch.send(shell);
    return questions.answers().get(fact);
  }
}

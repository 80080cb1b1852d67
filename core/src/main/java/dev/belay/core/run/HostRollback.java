package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.change.Diff;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.journal.Journal;
import dev.belay.core.journal.JournalFact;
import dev.belay.core.journal.LaterFact;
import dev.belay.core.journal.RollbackPlan;
import dev.belay.core.journal.RunsFact;
import dev.belay.core.journal.ToolsFact;
import dev.belay.core.plan.Problem;
import dev.belay.core.transport.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether a past run can be rolled back on one host, also one whose controller died half
 * way, and does or predicts it.
 */
final class HostRollback {

  private final HostStory story;
  private final Shell shell;
  private final Questions questions = new Questions();

  HostRollback(HostStory story, Shell shell) {
    this.story = story;
    this.shell = shell;
  }

  /**
   * Rolls back.
   *
   * @param asked identifier of the run; empty for the newest that is not rolled back
   * @param rollback does it; empty for telling only what it would do
   */
  void run(Optional<String> asked, Optional<JournalRollback> rollback) {
    Optional<String> run = find(asked);
    if (run.isEmpty()) {
      refuse(
          "a run to roll back",
          "the host keeps no journal of one made by this user",
          "add --become for a run of a play that became root, or look at `belay runs`");
      return;
    }
    Journal journal;
    try {
      journal = answers().get(new JournalFact(run.get()));
    } catch (FailedFactException none) {
      refuse("to roll back run " + run.get(), none.getMessage(), none.advice());
      return;
    }
    RollbackPlan plan = RollbackPlan.of(journal);
    if (!mayBegin(journal) || standsBelow(journal, plan) || hasConflicts(journal, plan)) {
      return;
    }
    rollback.ifPresentOrElse(back -> back.undo(journal, plan), () -> predict(plan));
  }

  private Optional<String> find(Optional<String> asked) {
    List<Fact<?>> facts = new ArrayList<>(List.of(new ToolsFact(), new RunsFact()));
    asked.ifPresent(run -> facts.addAll(about(run)));
    ask(facts);
    answers().get(new ToolsFact());
    if (asked.isPresent()) {
      return asked;
    }
    Optional<String> newest = newest();
    newest.ifPresent(run -> ask(about(run)));
    return newest;
  }

  private static List<Fact<?>> about(String run) {
    return List.of(new JournalFact(run), new LaterFact(run));
  }

  private Optional<String> newest() {
    return answers().get(new RunsFact()).stream()
        .filter(run -> run.header().undoes().isEmpty())
        .filter(run -> !run.state().equals(Journal.ROLLED_BACK))
        .reduce((older, newer) -> newer)
        .map(RunsFact.Run::run);
  }

  private boolean mayBegin(Journal journal) {
    if (journal.state().equals(Journal.ROLLED_BACK)) {
      refuse(
          "to roll back run " + journal.run(),
          "it is rolled back already",
          "look at `belay runs " + story.host() + "` for another");
      return false;
    }
    if (journal.state().equals(Journal.RUNNING)) {
      refuse(
          "to roll back run " + journal.run(),
          "it is still going on, by " + journal.header().operator(),
          "wait until it has ended, or end it there");
      return false;
    }
    return true;
  }

  /** Later runs that stand on this one have to be undone first. */
  private boolean standsBelow(Journal journal, RollbackPlan plan) {
    List<RunsFact.Run> runs = answers().get(new RunsFact());
    List<LaterFact.Altered> later = answers().get(new LaterFact(journal.run()));
    Map<String, List<String>> paths = new LinkedHashMap<>();
    for (LaterFact.Altered altered : LaterFact.standingOn(journal, runs, later)) {
      paths.computeIfAbsent(altered.run(), run -> new ArrayList<>()).add(altered.path().value());
    }
    if (paths.isEmpty()) {
      return false;
    }
    tellConflicts(journal.run(), plan);
    List<String> newestFirst = new ArrayList<>(paths.keySet());
    java.util.Collections.reverse(newestFirst);
    List<String> got = new ArrayList<>();
    for (String run : newestFirst) {
      got.add("later " + described(run, runs) + " altered " + String.join(", ", paths.get(run)));
    }
    refuse(
        "to roll back run " + journal.run(),
        String.join("; ", got),
        "roll back first: belay rollback " + story.host() + " " + newestFirst.get(0));
    return true;
  }

  private static String described(String run, List<RunsFact.Run> runs) {
    return runs.stream()
        .filter(each -> each.run().equals(run))
        .map(each -> "run " + run + " (" + each.header().playbook() + ", " + each.state() + ")")
        .findFirst()
        .orElse("run " + run);
  }

  private boolean hasConflicts(Journal journal, RollbackPlan plan) {
    if (plan.conflicts().isEmpty()) {
      return false;
    }
    tellConflicts(journal.run(), plan);
    refuse(
        "to roll back run " + journal.run(),
        String.join("; ", conflicts(journal.run(), plan)) + perhapsByItself(plan),
        "keep what was changed since, or put it back as the run left it and roll back again");
    return true;
  }

  /** What a command of the run itself did after it had changed a path, nobody has noted. */
  private static String perhapsByItself(RollbackPlan plan) {
    return plan.lasting().isEmpty()
        ? ""
        : ", be it by the run itself: " + String.join("; ", plan.lasting());
  }

  private static List<String> conflicts(String run, RollbackPlan plan) {
    return plan.conflicts().stream()
        .map(conflict -> conflict.path() + " was changed since run " + run)
        .toList();
  }

  private void tellConflicts(String run, RollbackPlan plan) {
    List<Diff> diffs = plan.conflicts().stream().map(RollbackPlan.Conflict::diff).toList();
    if (diffs.isEmpty()) {
      return;
    }
    story.tell(
        new RunEvent.TaskEnded(
            story.host(),
            "rollback",
            "run " + run,
            false,
            "",
            RunEvent.Status.FAILED,
            conflicts(run, plan),
            diffs,
            "",
            Duration.ZERO));
  }

  private void predict(RollbackPlan plan) {
    for (RollbackPlan.Undo undo : plan.undos()) {
      Change change = undo.change();
      story.tell(new RunEvent.Undone(story.host(), change.summary(), change.diff(), true));
    }
    plan.lasting().forEach(lasting -> story.warn("", "has no undo and stays: " + lasting));
  }

  private void refuse(String wanted, String got, String advice) {
    story.failed("rollback", new Problem(wanted, got, "nothing written", advice), true);
  }

  private void ask(List<Fact<?>> facts) {
    Batch batch = new Batch();
    questions.addTo(batch, facts, false);
    batch.send(shell);
  }

  private Facts answers() {
    return questions.answers();
  }
}

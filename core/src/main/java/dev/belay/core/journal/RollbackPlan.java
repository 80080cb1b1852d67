package dev.belay.core.journal;

import dev.belay.core.change.Change;
import dev.belay.core.change.Diff;
import dev.belay.core.change.RestoreFile;
import dev.belay.core.change.RunKept;
import dev.belay.core.remote.RemotePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What undoes a run: its journal backwards, restarts at the very end.
 *
 * @param undos what is done, in order
 * @param conflicts paths that somebody changed since, which must not be overwritten
 * @param lasting changes that have no undo and stay
 */
public record RollbackPlan(List<Undo> undos, List<Conflict> conflicts, List<String> lasting) {

  /** Copies the lists. */
  public RollbackPlan {
    undos = List.copyOf(undos);
    conflicts = List.copyOf(conflicts);
    lasting = List.copyOf(lasting);
  }

  /**
   * The undo of one journalled change.
   *
   * @param entry what is undone
   * @param change what undoes it
   */
  public record Undo(JournalEntry entry, Change change) {}

  /**
   * A path that is neither as the run left it nor as it was before.
   *
   * @param path which
   * @param left signature of what the run left
   * @param diff from what was kept before the run to what is there now
   */
  public record Conflict(RemotePath path, String left, Diff diff) {}

  /** Returns the plan for a journal as it was read from its host. Pure. */
  public static RollbackPlan of(Journal journal) {
    List<Undo> undos = new ArrayList<>();
    List<Undo> last = new ArrayList<>();
    List<Conflict> conflicts = new ArrayList<>();
    List<String> lasting = new ArrayList<>();
    Map<RemotePath, String> there = new HashMap<>();
    for (int i = journal.entries().size() - 1; i >= 0; i--) {
      JournalEntry entry = journal.entries().get(i);
      if (!entry.intent().whyNoUndo().isEmpty()) {
        lasting.add(entry.intent().summary() + ": " + entry.intent().whyNoUndo());
        continue;
      }
      entry
          .undo()
          .ifPresent(
              script ->
                  (entry.intent().undoneLast() ? last : undos)
                      .add(new Undo(entry, undoing(entry, script))));
      for (int p = entry.paths().size() - 1; p >= 0; p--) {
        path(entry, entry.paths().get(p), there, undos, conflicts);
      }
    }
    undos.addAll(last);
    return new RollbackPlan(undos, conflicts, lasting);
  }

  private static RunKept undoing(JournalEntry entry, String script) {
    return new RunKept("undo: " + entry.intent().summary(), entry.place(), script);
  }

  private static void path(
      JournalEntry entry,
      JournalEntry.KeptPath kept,
      Map<RemotePath, String> there,
      List<Undo> undos,
      List<Conflict> conflicts) {
    String now = there.getOrDefault(kept.path(), kept.now());
    if (now.equals(kept.after()) && !now.equals(kept.before())) {
      RestoreFile restore =
          new RestoreFile(kept.path(), kept.copy(), now, kept.before(), kept.found(), kept.kept());
      undos.add(new Undo(entry, restore));
      there.put(kept.path(), kept.before());
    } else if (!now.equals(kept.before())) {
      Diff diff =
          kept.kept().isEmpty() && kept.found().isEmpty()
              ? new Diff.Line(kept.path().value(), kept.after(), now)
              : new Diff.Text(kept.path().value(), kept.kept(), kept.found());
      conflicts.add(new Conflict(kept.path(), kept.after(), diff));
    }
  }
}

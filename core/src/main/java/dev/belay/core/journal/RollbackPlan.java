package dev.belay.core.journal;

import dev.belay.core.change.Change;
import dev.belay.core.change.Diff;
import dev.belay.core.change.RestoreFile;
import dev.belay.core.change.RunKept;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    boolean afterCommand = false;
    for (int i = journal.entries().size() - 1; i >= 0; i--) {
      JournalEntry entry = journal.entries().get(i);
      if (!entry.intent().whyNoUndo().isEmpty()) {
        String half = entry.done() ? "" : ", which failed or was cut off";
        lasting.add(entry.intent().summary() + half + ": " + entry.intent().whyNoUndo());
        continue;
      }
      entry
          .undo()
          .ifPresent(
              script ->
                  (entry.intent().undoneLast() ? last : undos)
                      .add(new Undo(entry, undoing(entry, script))));
      for (int p = entry.paths().size() - 1; p >= 0; p--) {
        path(entry, entry.paths().get(p), afterCommand, there, undos, conflicts);
      }
      afterCommand |= entry.intent().undoneByCommand();
    }
    undos.addAll(last);
    return new RollbackPlan(undos, conflicts, lasting);
  }

  private static RunKept undoing(JournalEntry entry, String script) {
    return new RunKept(
        "undo: " + entry.intent().summary(),
        entry.place(),
        script,
        "it undid a part of an earlier run; apply that playbook again");
  }

  private static void path(
      JournalEntry entry,
      JournalEntry.KeptPath kept,
      boolean afterCommand,
      Map<RemotePath, String> there,
      List<Undo> undos,
      List<Conflict> conflicts) {
    String now = there.getOrDefault(kept.path(), kept.now());
    boolean made = now.equals(kept.after()) || !entry.done() && isHalfMade(now, kept);
    if (made && !now.equals(kept.before())) {
      RestoreFile restore =
          new RestoreFile(kept.path(), kept.copy(), now, kept.before(), kept.found(), kept.kept());
      undos.add(new Undo(entry, restore));
      there.put(kept.path(), kept.before());
    } else if (!now.equals(kept.before()) && afterCommand) {
      undos.add(new Undo(entry, onceCommandIsUndone(kept)));
      there.put(kept.path(), kept.before());
    } else if (!now.equals(kept.before())) {
      conflicts.add(new Conflict(kept.path(), kept.after(), difference(kept, now)));
    }
  }

  /**
   * A command that came later may have altered the path, and its undo will take that back; if not,
   * the host refuses to put back what was there before.
   */
  private static RestoreFile onceCommandIsUndone(JournalEntry.KeptPath kept) {
    return new RestoreFile(
        kept.path(), kept.copy(), kept.after(), kept.before(), Optional.empty(), kept.kept());
  }

  /** Of a change that was cut off, mode and owners may be on their way between two states. */
  private static boolean isHalfMade(String now, JournalEntry.KeptPath kept) {
    return withoutAttributes(now).equals(withoutAttributes(kept.after()));
  }

  private static String withoutAttributes(String signature) {
    return signature.replaceFirst("^([fd]) [0-7]+ \\S+ \\S+", "$1");
  }

  private static Diff difference(JournalEntry.KeptPath kept, String now) {
    boolean known = isKnown(kept.before(), kept.kept()) && isKnown(now, kept.found());
    return known && !kept.kept().equals(kept.found())
        ? new Diff.Text(kept.path().value(), kept.kept(), kept.found())
        : new Diff.Line(
            kept.path().value(), RestoreFile.words(kept.after()), RestoreFile.words(now));
  }

  private static boolean isKnown(String signature, Optional<Content> content) {
    return content.isPresent() || signature.equals(FileState.Absent.SIGNATURE);
  }
}

package dev.belay.core.journal;

import dev.belay.core.change.Change;
import dev.belay.core.change.Diff;
import dev.belay.core.change.RestoreFile;
import dev.belay.core.change.RunKept;
import dev.belay.core.change.Touch;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
    Draft draft = new Draft(journal);
    for (int i = journal.entries().size() - 1; i >= 0; i--) {
      draft.add(journal.entries().get(i));
    }
    draft.undos.addAll(draft.last);
    return new RollbackPlan(draft.undos, draft.conflicts, draft.lasting);
  }

  /** A plan as it grows, the last entry of the journal first. */
  private static final class Draft {

    private final boolean cutOff;
    private final List<Undo> undos = new ArrayList<>();
    private final List<Undo> last = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final List<String> lasting = new ArrayList<>();
    private final Map<RemotePath, String> there = new HashMap<>();
    private boolean afterCommand;

    /** In a run that was cut off, or whose rollback was, anything may be half made. */
    Draft(Journal journal) {
      cutOff =
          journal.state().equals(Journal.UNFINISHED)
              || journal.state().equals(Journal.ROLLING_BACK);
    }

    void add(JournalEntry entry) {
      if (!entry.intent().whyNoUndo().isEmpty()) {
        String half = entry.done() ? "" : ", which failed or was cut off";
        lasting.add(entry.intent().summary() + half + ": " + entry.intent().whyNoUndo());
        return;
      }
      entry
          .undo()
          .ifPresent(
              script ->
                  (entry.intent().undoneLast() ? last : undos)
                      .add(new Undo(entry, undoing(entry, script))));
      for (int p = entry.paths().size() - 1; p >= 0; p--) {
        path(entry, entry.paths().get(p));
      }
      afterCommand |= entry.intent().undoneByCommand();
    }

    private void path(JournalEntry entry, JournalEntry.KeptPath veiled) {
      String now = there.getOrDefault(veiled.path(), veiled.now());
      JournalEntry.KeptPath kept = veiled.unveiled(now);
      boolean halfMade = (cutOff || !entry.done()) && isHalfMade(now, kept);
      if (now.equals(kept.before())) {
        return;
      }
      if (now.equals(kept.after()) || halfMade) {
        undo(entry, restore(kept, now));
      } else if (afterCommand) {
        undo(entry, onceCommandIsUndone(kept));
      } else {
        conflicts.add(new Conflict(kept.path(), kept.after(), difference(kept, now)));
      }
    }

    private void undo(JournalEntry entry, RestoreFile restore) {
      undos.add(new Undo(entry, restore));
      there.put(restore.path(), restore.after());
    }
  }

  private static RunKept undoing(JournalEntry entry, String script) {
    return new RunKept(
        "undo: " + entry.intent().summary(),
        entry.place(),
        script,
        "it undid a part of an earlier run; apply that playbook again");
  }

  private static RestoreFile restore(JournalEntry.KeptPath kept, String now) {
    return new RestoreFile(kept.path(), kept.copy(), now, kept.before(), kept.found(), kept.kept());
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
        : new Diff.Line(kept.path().value(), words(kept, kept.after()), words(kept, now));
  }

  private static String words(JournalEntry.KeptPath kept, String signature) {
    boolean secret =
        Stream.of(kept.kept(), kept.found()).flatMap(Optional::stream).anyMatch(Content::secret);
    return RestoreFile.words(secret ? Touch.withoutContent(signature) : signature);
  }

  private static boolean isKnown(String signature, Optional<Content> content) {
    return content.isPresent() || signature.equals(FileState.Absent.SIGNATURE);
  }
}

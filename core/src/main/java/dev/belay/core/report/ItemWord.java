package dev.belay.core.report;

import dev.belay.core.run.RunEvent;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How an item of a page is called, by which it is also filtered, and how it looks.
 *
 * @param word such as {@code would change}
 * @param css the class of its colour
 */
record ItemWord(String word, String css) {

  private static final Map<RunEvent.Status, String> COLOURS =
      Map.of(
          RunEvent.Status.OK, "good",
          RunEvent.Status.CHANGED, "changed",
          RunEvent.Status.WOULD_CHANGE, "changed",
          RunEvent.Status.MAY_CHANGE, "doubt",
          RunEvent.Status.SKIPPED, "dim",
          RunEvent.Status.IGNORED, "doubt",
          RunEvent.Status.RESCUED, "doubt",
          RunEvent.Status.FAILED, "bad");

  /** Returns the word of an event; empty where it is no item of the list. */
  static Optional<ItemWord> of(RunEvent event) {
    if (event instanceof RunEvent.TaskEnded ended) {
      String word = ended.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return Optional.of(new ItemWord(word, COLOURS.get(ended.status())));
    } else if (event instanceof RunEvent.Failed failed) {
      return Optional.of(new ItemWord(failed.refused() ? "refused" : "failed", "bad"));
    } else if (event instanceof RunEvent.Unreachable) {
      return Optional.of(new ItemWord("unreachable", "bad"));
    } else if (event instanceof RunEvent.Undone undone) {
      return Optional.of(new ItemWord(undone.dry() ? "would undo" : "undone", "changed"));
    } else if (event instanceof RunEvent.RolledBack back) {
      return Optional.of(
          back.remaining().isEmpty()
              ? new ItemWord("rolled back", "changed")
              : new ItemWord("rollback incomplete", "bad"));
    }
    return ofRest(event);
  }

  private static Optional<ItemWord> ofRest(RunEvent event) {
    if (event instanceof RunEvent.Warned) {
      return Optional.of(new ItemWord("warning", "doubt"));
    } else if (event instanceof RunEvent.Found) {
      return Optional.of(new ItemWord("found", "dim"));
    } else if (event instanceof RunEvent.Kept) {
      return Optional.of(new ItemWord("kept", "good"));
    } else if (event instanceof RunEvent.WouldGuard) {
      return Optional.of(new ItemWord("guarded", "dim"));
    } else if (event instanceof RunEvent.NotReached) {
      return Optional.of(new ItemWord("not reached", "doubt"));
    }
    return Optional.empty();
  }
}

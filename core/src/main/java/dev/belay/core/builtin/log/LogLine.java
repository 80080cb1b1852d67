package dev.belay.core.builtin.log;

import dev.belay.core.remote.RemotePath;
import java.time.Duration;
import java.util.List;

/**
 * A line that a log will hold sooner or later, told by texts in it: no step.
 *
 * @param log the file
 * @param with texts that all stand in it
 * @param without texts of which none stands in it
 */
public record LogLine(RemotePath log, List<String> with, List<String> without) {

  /** Copies the lists. */
  public LogLine {
    with = List.copyOf(with);
    without = List.copyOf(without);
    if (java.util.stream.Stream.concat(with.stream(), without.stream())
        .anyMatch(text -> text.isEmpty() || text.matches("(?s).*[\\n\\x00].*"))) {
      throw new IllegalArgumentException("a text in a line has at least one character, no newline");
    }
  }

  /** Returns the line that also holds these texts. */
  public LogLine containing(String... texts) {
    return new LogLine(log, both(with, texts), without);
  }

  /** Returns the line that holds none of these texts either. */
  public LogLine without(String... texts) {
    return new LogLine(log, with, both(without, texts));
  }

  /** Returns the step that waits for it, from 1 s to 30 min. */
  public LogLineSeen within(Duration longest) {
    return new LogLineSeen(this, longest);
  }

  private static List<String> both(List<String> some, String... more) {
    return java.util.stream.Stream.concat(some.stream(), java.util.stream.Stream.of(more)).toList();
  }
}

package dev.belay.core.builtin.kube.syscall;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of strace about one system call, in the forms of {@code strace -f} to a file or to the
 * terminal, with or without times, see strace(1).
 *
 * @param pid of the thread; empty when the line does not tell
 * @param name of the call
 * @param part how much of the call the line tells of
 * @param error name of the error such as {@code ESRCH}; empty when there is none, or not known yet
 */
public record StraceEvent(Optional<Integer> pid, String name, Part part, Optional<String> error) {

  /** How much of a call a line tells of: another thread may call while one is waiting. */
  public enum Part {
    /** All of it. */
    WHOLE,
    /** Its begin; its end follows on another line, or never. */
    BEGUN,
    /** Its end. */
    RESUMED
  }

  private static final Pattern LINE =
      Pattern.compile(
          "(?:\\[pid +(\\d{1,9})] +|(\\d{1,9}) +)?"
              + "(?:\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)? +|\\d+\\.\\d+ +)?"
              + "(?:<\\.\\.\\. ([a-z_][a-z0-9_]*) resumed>|([a-z_][a-z0-9_]*)\\()(.*)");

  /** At the end of the line: a text that is an argument may hold the like. */
  private static final Pattern ERROR =
      Pattern.compile(".*\\) += -1 ([A-Z][A-Z0-9_]*)(?: \\([^()]*\\))?(?: <[\\d.]+>)?");

  /** Returns the event of a line; empty for signals, exits, messages and what is none of these. */
  public static Optional<StraceEvent> parse(String line) {
    Matcher matcher = LINE.matcher(line.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean resumed = matcher.group(3) != null;
    String rest = matcher.group(5);
    Part whole = resumed ? Part.RESUMED : Part.WHOLE;
    return Optional.of(
        new StraceEvent(
            Optional.ofNullable(matcher.group(1))
                .or(() -> Optional.ofNullable(matcher.group(2)))
                .map(Integer::valueOf),
            resumed ? matcher.group(3) : matcher.group(4),
            rest.endsWith("<unfinished ...>") ? Part.BEGUN : whole,
            error(rest)));
  }

  private static Optional<String> error(String rest) {
    Matcher error = ERROR.matcher(rest);
    return error.matches() ? Optional.of(error.group(1)) : Optional.empty();
  }
}

package dev.belay.core.builtin.log;

import dev.belay.core.remote.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which lines of a log may matter: those that hold one text of each list. It may let others
 * through: on a host without grep it lets all through, and who parses them decides. The grep of
 * busybox sees a line up to its first NUL byte only; no log of programs that escape it holds one.
 *
 * @param stages what each line holds, the most telling first
 */
public record LogFilter(List<Stage> stages) {

  /** Lets every line through. */
  public static final LogFilter NONE = new LogFilter(List.of());

  /**
   * One thing that each line holds.
   *
   * @param texts one of them stands in the line
   * @param notBefore a regular expression of Perl for what must not follow that text at once, used
   *     only where the host's grep knows such; empty for none
   */
  public record Stage(List<String> texts, String notBefore) {

    /** Copies the list; refuses what grep would read as several texts. */
    public Stage {
      texts = List.copyOf(texts);
      for (String text : texts) {
        if (text.isEmpty() || text.indexOf('\n') >= 0) {
          throw new IllegalArgumentException("a text to filter by is empty or has several lines");
        }
      }
    }

    /**
     * GNU grep looks for several texts five times as fast by one expression of Perl as by {@code
     * -F}, and quicker still when the quotes around them are not part of each.
     */
    private String perl() {
      boolean quoted = texts.stream().allMatch(text -> text.matches("\".+\""));
      String expression =
          texts.stream()
              .map(text -> quoted ? text.substring(1, text.length() - 1) : text)
              .map(text -> text.replaceAll("([^A-Za-z0-9_\\x80-\\x{10ffff}])", "\\\\$1"))
              .collect(Collectors.joining("|", quoted ? "\"(?:" : "(?:", quoted ? ")\"" : ")"));
      String not = notBefore.isEmpty() ? "" : "(?!" + notBefore + ")";
      return "grep -aP -e " + Sh.quote(expression + not);
    }

    private String fixed() {
      return "grep -aF"
          + texts.stream().map(text -> " -e " + Sh.quote(text)).collect(Collectors.joining());
    }
  }

  /** Copies the list. */
  public LogFilter {
    stages = List.copyOf(stages);
  }

  /** Returns the filter that further asks for one of these texts. */
  public LogFilter anyOf(List<String> texts) {
    return anyOf(texts, "");
  }

  /** Returns the filter that further asks for one of these texts that something does not follow. */
  public LogFilter anyOf(List<String> texts, String notBefore) {
    List<Stage> more = new ArrayList<>(stages);
    more.add(new Stage(texts, notBefore));
    return new LogFilter(more);
  }

  /** Returns shell text that defines {@code b_log_filter}, from standard input to output. */
  String function() {
    if (stages.isEmpty()) {
      return "b_log_filter() { cat; }\n";
    }
    return "b_log_filter() {\nif b_log_perl; then "
        + pipe(Stage::perl)
        + "\nelif command -v grep >/dev/null 2>&1; then "
        + pipe(Stage::fixed)
        + "\nelse cat; fi\n}\n";
  }

  private String pipe(Function<Stage, String> grep) {
    return stages.stream().map(grep).collect(Collectors.joining(" | "));
  }
}

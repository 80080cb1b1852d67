package dev.belay.core.builtin.log;

import dev.belay.core.remote.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which lines of a log may matter: those that hold one text of each list. It may let others
 * through: on a host without grep it lets all through, and who parses them decides. The grep of
 * busybox sees a line up to its first NUL byte only; no log of programs that escape it holds one.
 *
 * @param stages lists of texts, the most telling first
 * @param without a regular expression of Perl for lines that cannot matter, used only where the
 *     host's grep knows such; empty for none
 */
public record LogFilter(List<List<String>> stages, Optional<String> without) {

  /** Lets every line through. */
  public static final LogFilter NONE = new LogFilter(List.of(), Optional.empty());

  /** Copies the lists; refuses what grep would read as several texts. */
  public LogFilter {
    stages = stages.stream().map(List::copyOf).toList();
    for (String text : stages.stream().flatMap(List::stream).toList()) {
      if (text.isEmpty() || text.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("a text to filter by is empty or has several lines");
      }
    }
  }

  /** Returns the filter that further asks for one of these texts. */
  public LogFilter anyOf(List<String> texts) {
    List<List<String>> more = new ArrayList<>(stages);
    more.add(texts);
    return new LogFilter(more, without);
  }

  /** Returns the filter that leaves lines out where the host's grep knows Perl's expressions. */
  public LogFilter without(String perl) {
    return new LogFilter(stages, Optional.of(perl));
  }

  /** Returns shell text that defines {@code b_log_filter}, from standard input to output. */
  String function() {
    if (stages.isEmpty()) {
      return "b_log_filter() { cat; }\n";
    }
    return "b_log_filter() {\nif b_log_perl; then "
        + pipe(LogFilter::perl)
        + without.map(perl -> " | grep -avP -e " + Sh.quote(perl)).orElse("")
        + "\nelif command -v grep >/dev/null 2>&1; then "
        + pipe(LogFilter::fixed)
        + "\nelse cat; fi\n}\n";
  }

  private String pipe(Function<List<String>, String> grep) {
    return stages.stream().map(grep).collect(Collectors.joining(" | "));
  }

  /**
   * GNU grep looks for several texts five times as fast by one expression of Perl as by {@code -F}.
   */
  private static String perl(List<String> texts) {
    String expression =
        texts.stream()
            .map(text -> text.replaceAll("([^A-Za-z0-9_\\x80-\\x{10ffff}])", "\\\\$1"))
            .collect(Collectors.joining("|"));
    return "grep -aP -e " + Sh.quote(expression);
  }

  private static String fixed(List<String> texts) {
    return "grep -aF"
        + texts.stream().map(text -> " -e " + Sh.quote(text)).collect(Collectors.joining());
  }
}

package dev.belay.core.builtin.log;

import dev.belay.core.remote.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which lines of a log may matter: those that hold one text of each list. It may let others
 * through: on a host without grep it lets all through, and who parses them decides. The grep of
 * busybox sees a line up to its first NUL byte only; no log of programs that escape it holds one.
 *
 * @param stages lists of texts, the most telling first
 */
public record LogFilter(List<List<String>> stages) {

  /** Lets every line through. */
  public static final LogFilter NONE = new LogFilter(List.of());

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
    return new LogFilter(more);
  }

  /** Returns shell text that defines {@code b_log_filter}, from standard input to output. */
  String function() {
    if (stages.isEmpty()) {
      return "b_log_filter() { cat; }\n";
    }
    String pipe = stages.stream().map(LogFilter::grep).collect(Collectors.joining(" | "));
    return "b_log_filter() { if command -v grep >/dev/null 2>&1; then "
        + pipe
        + "; else cat; fi; }\n";
  }

  private static String grep(List<String> texts) {
    return "grep -aF"
        + texts.stream().map(text -> " -e " + Sh.quote(text)).collect(Collectors.joining());
  }
}

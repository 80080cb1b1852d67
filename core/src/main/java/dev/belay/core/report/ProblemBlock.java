package dev.belay.core.report;

import dev.belay.core.plan.Problem;
import dev.belay.core.run.RunEvent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows an error in the shape of every error: where, wanted, got, state, do, and what was seen. */
final class ProblemBlock {

  /** Lines of one part that are shown: the last ones, where the cause usually is. */
  private static final int LINE_LIMIT = 20;

  private static final int INDENT = 10;

  private ProblemBlock() {}

  static void add(Page page, RunEvent.Failed failed) {
    String where =
        Stream.of(failed.host(), failed.playbook(), failed.play(), failed.task())
            .filter(part -> !part.isBlank())
            .map(SafeText::name)
            .distinct()
            .collect(Collectors.joining(" › "));
    String source = failed.source().isBlank() ? "" : " (" + SafeText.name(failed.source()) + ")";
    String word = failed.refused() ? "REFUSED" : "FAILED";
    head(page, word, Ink.BOLD_RED, where + source);
    rows(page, failed.problem());
    row(page, "seen", String.join("\n", failed.diagnosis()));
  }

  static void add(Page page, RunEvent.Unreachable lost) {
    head(page, "UNREACHABLE", Ink.BRIGHT_RED, SafeText.name(lost.host()));
    rows(page, lost.problem());
  }

  private static void head(Page page, String word, Ink ink, String where) {
    page.prose(page.ink(ink, word) + "  ", word.length() + 2, Ink.BOLD, where);
  }

  private static void rows(Page page, Problem problem) {
    row(page, "wanted", problem.wanted());
    row(page, "got", problem.got());
    row(page, "state", problem.state());
    row(page, "do", problem.advice());
  }

  private static void row(Page page, String key, String text) {
    if (!text.isBlank()) {
      String head = "  " + page.ink(Ink.BOLD, String.format(Locale.ROOT, "%-6s", key)) + "  ";
      page.prose(head, INDENT, Ink.PLAIN, last(text.strip()));
    }
  }

  private static String last(String text) {
    List<String> lines = text.lines().toList();
    int left = lines.size() - LINE_LIMIT;
    return left <= 0
        ? text
        : String.format(Locale.ROOT, "(%,d earlier lines left out)\n", left)
            + String.join("\n", lines.subList(left, lines.size()));
  }
}

package dev.belay.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes text from hosts and playbooks safe to print: what could steer a terminal, or hide or
 * reorder what is read, is shown as an escape such as {@code \x1b}.
 */
final class SafeText {

  /** Characters of a host, play or task that are shown. */
  private static final int NAME_LIMIT = 200;

  private SafeText() {}

  /** Returns the text on one line: tabs and line ends become visible too. */
  static String line(String text) {
    return escape(text, false);
  }

  /** Returns a name on one line, shortened where it is absurdly long. */
  static String name(String text) {
    return line(cut(text, NAME_LIMIT));
  }

  /** Returns the text with tabs as they are; everything else that is not visible is escaped. */
  static String content(String text) {
    return escape(text, true);
  }

  /** Returns the lines of a text of several lines, without the empty ones at its end. */
  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.stripTrailing().split("\r?\n", -1)) {
      lines.add(content(line));
    }
    return lines;
  }

  /**
   * Returns the text, or its beginning and how much is left out.
   *
   * @param most characters that are kept, at least 1
   */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end)
        + String.format(Locale.ROOT, " … (%,d more characters)", text.length() - end);
  }

  private static String escape(String text, boolean keepTabs) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (visible(point) || (keepTabs && point == '\t')) {
                safe.appendCodePoint(point);
              } else {
                safe.append(escape(point));
              }
            });
    return safe.toString();
  }

  private static boolean visible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  private static String escape(int point) {
    return switch (point) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(Locale.ROOT, point < 0x100 ? "\\x%02x" : "\\u%04x", point);
    };
  }
}

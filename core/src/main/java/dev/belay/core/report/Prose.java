package dev.belay.core.report;

import java.util.ArrayList;
import java.util.List;

/** Breaks long lines between words. */
final class Prose {

  /** Narrower than this, breaking hurts more than it helps. */
  private static final int LEAST = 20;

  private Prose() {}

  /**
   * Returns the line in pieces that fit. A word that is longer than a line stays whole, so that a
   * path can still be copied.
   *
   * @param line one line
   * @param width characters that fit; 0 or less for no limit
   */
  static List<String> wrap(String line, int width) {
    if (width <= 0 || line.length() <= width || width < LEAST) {
      return List.of(line);
    }
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (line.length() - from > width) {
      int at = breakAt(line, from, width);
      if (at < 0) {
        break;
      }
      pieces.add(line.substring(from, at).stripTrailing());
      from = at + 1;
    }
    pieces.add(line.substring(from));
    return pieces;
  }

  private static int breakAt(String line, int from, int width) {
    int at = line.lastIndexOf(' ', from + width);
    boolean onlyIndent = at <= from || line.substring(from, at).isBlank();
    if (!onlyIndent) {
      return at;
    }
    int start = from;
    while (start < line.length() && line.charAt(start) == ' ') {
      start++;
    }
    return line.indexOf(' ', start);
  }
}

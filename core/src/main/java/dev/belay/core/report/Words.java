package dev.belay.core.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Words {

  private Words() {}

  /** Returns {@code 1 host}, {@code 2 hosts}. */
  static String count(long count, String one) {
    return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
  }

  /** Returns {@code 0.4 s}, {@code 12 s}, {@code 3 min 05 s} or {@code 2 h 00 min}. */
  static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 10) {
      // Cut, not rounded: 9.96 must not become 10.0.
      return String.format(Locale.ROOT, "%d.%d s", seconds, time.toMillisPart() / 100);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }

  /** Returns the time with what is below a second in milliseconds: {@code 40 ms}, {@code 12 s}. */
  static String fine(Duration time) {
    return time.toSeconds() < 1 ? time.toMillis() + " ms" : time(time);
  }

  /** Returns the spaces that bring the text to a width. */
  static String fill(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length()));
  }
}

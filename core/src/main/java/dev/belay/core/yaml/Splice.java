package dev.belay.core.yaml;

import java.util.Comparator;
import java.util.List;

/**
 * Replaces one stretch of the original text.
 *
 * @param start its first character
 * @param end just past its last character; equal to start for a pure insertion
 * @param text what comes in its place
 */
record Splice(int start, int end, String text) {

  static Splice insert(int at, String text) {
    return new Splice(at, at, text);
  }

  static Splice delete(int start, int end) {
    return new Splice(start, end, "");
  }

  /** Applies splices that do not overlap, last one first so that offsets stay true. */
  static String applyAll(String original, List<Splice> splices) {
    StringBuilder text = new StringBuilder(original);
    splices.stream()
        .sorted(Comparator.comparingInt(Splice::start).reversed())
        .forEach(splice -> text.replace(splice.start, splice.end, splice.text));
    return text.toString();
  }
}

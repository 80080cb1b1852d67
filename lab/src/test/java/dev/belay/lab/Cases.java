package dev.belay.lab;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which cases of a table are tried: all of them, those for CI with {@code -Dbelay.lab.cases=ci}, or
 * those whose name matches the regular expression {@code -Dbelay.lab.cases=EXPRESSION} somewhere.
 */
final class Cases {

  private static final String ASKED = System.getProperty("belay.lab.cases", "all");

  private static final Pattern NAMES = Pattern.compile(ASKED);

  private Cases() {}

  /** Tells whether this is the short set for CI. */
  static boolean isCi() {
    return ASKED.equals("ci");
  }

  /** Returns the cases to try; fails where there is none, so that no test passes with nothing. */
  static <T> List<T> of(List<T> all, Predicate<T> inCi) {
    var chosen =
        all.stream()
            .filter(
                one ->
                    ASKED.equals("all")
                        || (isCi() ? inCi.test(one) : NAMES.matcher(one.toString()).find()))
            .toList();
    if (chosen.isEmpty()) {
      throw new IllegalStateException("belay.lab.cases=" + ASKED + " chooses none of " + all);
    }
    return chosen;
  }
}

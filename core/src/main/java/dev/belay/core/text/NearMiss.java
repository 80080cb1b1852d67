package dev.belay.core.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known word a mistyped one was meant to be. */
public final class NearMiss {

  private NearMiss() {}

  /**
   * Returns the known word nearest to the given one, if any is near enough.
   *
   * <p>Near are: the same word in other case; one slip (a letter missing, added, changed, or two
   * swapped) in words of three or four letters; two slips in longer ones.
   *
   * @param known the candidates; of two equally near ones the first wins
   */
  public static Optional<String> of(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    int best = allowed(lower) + 1;
    String found = null;
    for (String candidate : known) {
      int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
      if (distance < best && !candidate.equals(word)) {
        best = distance;
        found = candidate;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Returns {@code ; did you mean "x"?} or nothing, to be put at the end of a message. */
  public static String question(String word, Collection<String> known) {
    return of(word, known).map(near -> "; did you mean \"" + near + "\"?").orElse("");
  }

  private static int allowed(String word) {
    if (word.length() < 3) {
      return 0;
    }
    return word.length() < 5 ? 1 : 2;
  }

  /** Optimal string alignment distance: insert, delete, replace and swap of neighbours cost one. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}

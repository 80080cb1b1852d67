package dev.belay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what someone who mistyped a word most likely meant. */
final class NearMiss {

  private NearMiss() {}

  /** Returns the known words that are close to the given one, the closest first, at most three. */
  static List<String> of(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    int tolerance = Math.max(1, Math.min(3, word.length() / 3));
    return known.stream()
        .distinct()
        .filter(each -> score(lower, each) <= tolerance)
        .sorted(Comparator.comparingInt((String each) -> score(lower, each)))
        .limit(3)
        .toList();
  }

  /** Returns a file beside the missing one whose name is close to its name. */
  static Optional<Path> ofFile(Path missing, String suffix) {
    Path parent = missing.toAbsolutePath().getParent();
    if (parent == null || missing.getFileName() == null) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(parent)) {
      List<String> names =
          files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(suffix)).toList();
      return of(missing.getFileName().toString(), names).stream()
          .findFirst()
          .map(missing::resolveSibling);
    } catch (IOException noDirectory) {
      return Optional.empty();
    }
  }

  private static int score(String lower, String known) {
    String other = known.toLowerCase(Locale.ROOT);
    boolean begins = lower.length() > 2 && other.startsWith(lower);
    return begins ? 0 : distance(lower, other);
  }

  /** Damerau-Levenshtein distance, of neighbours swapped at most once. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : cell(a, b, d, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cell(String a, String b, int[][] d, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}

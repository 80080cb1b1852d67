package dev.belay.core.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.DiffAlgorithmI;
import com.github.difflib.algorithm.myers.MyersDiff;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * The hunks that lead from one text to another, as {@code patch(1)} takes them.
 *
 * @param hunks lines of the unified diff below its two file names; those of the texts end as they
 *     do there, with a line feed or, in the last line of a text, without
 * @param coarse whether the texts differ so much that comparing was given up: one hunk then
 *     replaces everything
 */
record LineDiff(List<String> hunks, boolean coarse) {

  private static final int CONTEXT = 3;

  /** Lines of both texts from which on the algorithm with less memory is taken. */
  private static final int MANY = 1_000;

  /** Comparisons of two lines, a fraction of a second of work, after which it is given up. */
  private static final int BUDGET = 20_000_000;

  /** Compares two texts. Only a line feed ends a line. */
  static LineDiff of(String before, String after) {
    return of(lines(before), lines(after), BUDGET);
  }

  static LineDiff of(List<String> before, List<String> after, int budget) {
    try {
      boolean many = before.size() + after.size() > MANY;
      BiPredicate<String, String> same = counted(budget);
      DiffAlgorithmI<String> myers =
          many ? new MyersDiffWithLinearSpace<>(same) : new MyersDiff<>(same);
      return new LineDiff(hunks(before, after, DiffUtils.diff(before, after, myers)), false);
    } catch (TooDifferent tooDifferent) {
      Patch<String> all = new Patch<>();
      all.addDelta(new ChangeDelta<>(new Chunk<>(0, before), new Chunk<>(0, after)));
      return new LineDiff(hunks(before, after, all), true);
    }
  }

  /** Returns the lines of a text with their ends. */
  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      lines.add(text.substring(from, end + 1));
      from = end + 1;
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  private static List<String> hunks(List<String> before, List<String> after, Patch<String> patch) {
    List<String> all = UnifiedDiffUtils.generateUnifiedDiff("", "", before, patch, CONTEXT);
    List<String> hunks = new ArrayList<>(all.subList(Math.min(2, all.size()), all.size()));
    // The library counts the lines of an empty text from 1; diff(1) and patch(1) count from 0.
    if (!hunks.isEmpty() && before.isEmpty()) {
      hunks.set(0, hunks.get(0).replace("-1,0 ", "-0,0 "));
    }
    if (!hunks.isEmpty() && after.isEmpty()) {
      hunks.set(0, hunks.get(0).replace("+1,0 ", "+0,0 "));
    }
    return hunks;
  }

  private static BiPredicate<String, String> counted(int budget) {
    int[] left = {budget};
    return (a, b) -> {
      if (left[0]-- <= 0) {
        throw new TooDifferent();
      }
      return a.equals(b);
    };
  }

  /** Ends a comparison that would take too long. */
  private static final class TooDifferent extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    TooDifferent() {
      super("the texts differ too much to be compared line by line");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}

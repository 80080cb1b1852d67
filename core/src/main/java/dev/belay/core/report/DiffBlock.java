package dev.belay.core.report;

import dev.belay.core.change.Diff;
import java.util.List;
import java.util.Locale;

/** Shows differences on the console. */
final class DiffBlock {

  /** Rows of one difference that are shown. */
  private static final int ROW_LIMIT = 400;

  private DiffBlock() {}

  static void add(Page page, int indent, List<Diff> diffs) {
    diffs.forEach(diff -> add(page, indent, diff));
  }

  private static void add(Page page, int indent, Diff diff) {
    List<DiffText.Row> rows = DiffText.rows(diff);
    rows.stream()
        .limit(ROW_LIMIT)
        .forEach(row -> page.content(indent, ink(row.kind()), row.text()));
    if (rows.size() > ROW_LIMIT) {
      String left =
          String.format(
              Locale.ROOT,
              "… %,d more lines of this diff are not shown; the JSON report has them all",
              rows.size() - ROW_LIMIT);
      page.content(indent, Ink.MAGENTA, left);
    }
  }

  private static Ink ink(DiffText.Kind kind) {
    return switch (kind) {
      case HUNK -> Ink.CYAN;
      case REMOVED -> Ink.RED;
      case ADDED -> Ink.GREEN;
      case NO_NEWLINE -> Ink.DIM;
      case FILE, CONTEXT, VALUE, NOTE -> Ink.PLAIN;
    };
  }
}

package dev.belay.core.report;

import dev.belay.core.step.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A finding as a table: columns as wide as their texts, each row on one line. What does not fit
 * stands in the JSON report.
 */
final class FindingBlock {

  /** Rows that are shown; the JSON report has them all. */
  private static final int ROWS = 20;

  /** Characters of one cell that are shown. */
  private static final int CELL = 60;

  private FindingBlock() {}

  static void add(Page page, int indent, String host, Finding finding) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(cells(finding.columns().stream().map(name -> name.replace('_', ' ')).toList()));
    finding.rows().stream().limit(ROWS).map(FindingBlock::cells).forEach(cells::add);
    page.prose(indent, Ink.PLAIN, List.of(host + finding.title()));
    List<String> lines = lines(cells, page.look().columns() - indent - 2);
    for (int row = 0; row < lines.size(); row++) {
      Ink ink = row == 0 ? Ink.DIM : Ink.PLAIN;
      page.line(" ".repeat(indent + 2), page.ink(ink, lines.get(row)));
    }
    int more = finding.rows().size() - ROWS;
    if (more > 0) {
      page.prose(
          indent + 2, Ink.DIM, List.of(String.format(Locale.ROOT, "and %,d more rows", more)));
    }
  }

  private static List<String> cells(List<String> row) {
    return row.stream().map(text -> SafeText.line(SafeText.cut(text, CELL))).toList();
  }

  /** Columns that do not fit beside those before them are left out. */
  private static List<String> lines(List<List<String>> cells, int width) {
    List<StringBuilder> lines = cells.stream().map(row -> new StringBuilder()).toList();
    int taken = 0;
    for (int i = 0; i < cells.get(0).size(); i++) {
      int column = i;
      int wide = cells.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      if (i > 0 && width > 0 && taken + wide > width) {
        break;
      }
      for (int row = 0; row < lines.size(); row++) {
        String text = cells.get(row).get(i);
        lines.get(row).append(text).append(Words.fill(text, wide)).append("  ");
      }
      taken += wide + 2;
    }
    return lines.stream().map(line -> line.toString().stripTrailing()).toList();
  }
}

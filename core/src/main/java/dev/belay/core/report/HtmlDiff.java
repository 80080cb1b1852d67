package dev.belay.core.report;

import dev.belay.core.change.Diff;
import java.util.List;

/** Shows differences in a page, folded. */
final class HtmlDiff {

  /** Rows of one difference that are shown. */
  private static final int ROW_LIMIT = 2_000;

  private HtmlDiff() {}

  static void add(Markup page, List<Diff> diffs) {
    diffs.forEach(diff -> add(page, diff));
  }

  private static void add(Markup page, Diff diff) {
    List<DiffText.Row> rows = DiffText.rows(diff);
    if (diff instanceof Diff.Line || rows.size() == 1) {
      page.open("p", "class", "value").block(rows.get(0).text()).close("p");
      return;
    }
    page.open("details", "class", "diff", "open", "open").open("summary").text("Diff of ");
    page.open("code").name(((Diff.Text) diff).subject()).end("code").text(" ");
    if (count(rows, DiffText.Kind.HUNK) > 0) {
      page.element("span", "plus", "+" + count(rows, DiffText.Kind.ADDED)).text(" ");
      page.element("span", "minus", "−" + count(rows, DiffText.Kind.REMOVED));
    }
    page.close("summary");
    page.open("pre", "tabindex", "0").open("code");
    rows.stream().limit(ROW_LIMIT).forEach(row -> row(page, row));
    int left = rows.size() - ROW_LIMIT;
    if (left > 0) {
      String note = Words.count(left, "more line") + " not shown; the JSON report has them all";
      page.element("span", "note", note).constant("\n");
    }
    page.end("code").end("pre").close("details");
  }

  private static long count(List<DiffText.Row> rows, DiffText.Kind kind) {
    return rows.stream().filter(row -> row.kind() == kind).count();
  }

  private static void row(Markup page, DiffText.Row row) {
    String css =
        switch (row.kind()) {
          case ADDED -> "add";
          case REMOVED -> "del";
          case HUNK -> "hunk";
          case FILE -> "file";
          case NO_NEWLINE, NOTE -> "note";
          case CONTEXT, VALUE -> "";
        };
    if (css.isEmpty()) {
      page.content(row.text()).constant("\n");
    } else {
      // The line feed is inside: a row is a block of its own, which ends the line already.
      page.open("span", "class", css).content(row.text()).constant("\n").end("span");
    }
  }
}

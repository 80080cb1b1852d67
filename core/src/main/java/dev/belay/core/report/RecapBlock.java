package dev.belay.core.report;

import dev.belay.core.run.Recap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * Shows the counts by host: Ansible's columns in Ansible's order, then ours. A host stays on one
 * line, except on a terminal that is too narrow for it.
 */
final class RecapBlock {

  private record Column(String name, Ink ink, ToIntFunction<Recap.Counts> count) {}

  private static final List<Column> ANSIBLE =
      List.of(
          new Column("ok", Ink.GREEN, Recap.Counts::ok),
          new Column("changed", Ink.YELLOW, Recap.Counts::changed),
          new Column("unreachable", Ink.BRIGHT_RED, Recap.Counts::unreachable),
          new Column("failed", Ink.RED, Recap.Counts::failed),
          new Column("skipped", Ink.CYAN, Recap.Counts::skipped),
          new Column("rescued", Ink.MAGENTA, Recap.Counts::rescued),
          new Column("ignored", Ink.MAGENTA, Recap.Counts::ignored));

  private static final List<Column> OURS =
      List.of(
          new Column("would-change", Ink.YELLOW, Recap.Counts::wouldChange),
          new Column("may-change", Ink.MAGENTA, Recap.Counts::mayChange),
          new Column("rolled-back", Ink.YELLOW, Recap.Counts::rolledBack),
          new Column("not-reached", Ink.MAGENTA, Recap.Counts::notReached));

  private RecapBlock() {}

  static void add(Page page, Recap recap) {
    page.line(page.ink(Ink.BOLD, "PLAY RECAP"));
    int width =
        recap.hosts().keySet().stream().mapToInt(name -> shown(name).length()).max().orElse(0);
    Widths widths = new Widths(width, widths(ANSIBLE, recap), widths(OURS, recap));
    int columns = page.look().columns() > 0 ? page.look().columns() : Integer.MAX_VALUE;
    recap.hosts().forEach((host, counts) -> add(page, host, counts, widths, columns));
  }

  private record Widths(int host, List<Integer> ansible, List<Integer> ours) {
    int start() {
      return host + 3;
    }
  }

  private static void add(Page page, String host, Recap.Counts counts, Widths widths, int columns) {
    int first = widths.start() + sum(widths.ansible());
    boolean two = first + 1 + sum(widths.ours()) > columns;
    boolean three = first > columns;
    String indent = "\n" + " ".repeat(three ? 2 : widths.start());
    page.line(
        page.ink(worst(counts), shown(host))
            + (three ? "" : Words.fill(shown(host), widths.host()))
            + " :",
        three ? indent : " ",
        cells(page, ANSIBLE, widths.ansible(), counts).stripTrailing(),
        two ? indent : " ",
        cells(page, OURS, widths.ours(), counts).stripTrailing());
  }

  private static String shown(String host) {
    return SafeText.name(host);
  }

  private static Ink worst(Recap.Counts c) {
    if (c.unreachable() > 0) {
      return Ink.BRIGHT_RED;
    }
    if (c.failed() + c.remaining() > 0) {
      return Ink.RED;
    }
    boolean changes = c.changed() + c.wouldChange() + c.rolledBack() > 0;
    boolean open = c.mayChange() + c.notReached() > 0;
    return changes ? Ink.YELLOW : open ? Ink.MAGENTA : Ink.GREEN;
  }

  private static String cells(
      Page page, List<Column> columns, List<Integer> widths, Recap.Counts counts) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      int count = column.count().applyAsInt(counts);
      String cell = column.name() + "=" + count;
      Ink ink = count == 0 ? Ink.DIM : column.ink();
      cells.add(page.ink(ink, cell) + Words.fill(cell, widths.get(i)));
    }
    return String.join(" ", cells);
  }

  private static List<Integer> widths(List<Column> columns, Recap recap) {
    return columns.stream()
        .map(
            column ->
                recap.hosts().values().stream()
                    .mapToInt(counts -> cell(column, counts).length())
                    .max()
                    .orElse(0))
        .toList();
  }

  private static String cell(Column column, Recap.Counts counts) {
    return String.format(Locale.ROOT, "%s=%d", column.name(), column.count().applyAsInt(counts));
  }

  private static int sum(List<Integer> widths) {
    return widths.stream().mapToInt(width -> width + 1).sum() - 1;
  }
}

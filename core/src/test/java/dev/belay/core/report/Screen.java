package dev.belay.core.report;

import java.util.ArrayList;
import java.util.List;

/** A terminal as far as the live lines use one: what is seen at the end of what was printed. */
final class Screen implements Appendable {

  private static final String ESCAPE = "\u001b[";

  /** Each piece as it was printed. */
  final List<String> pieces = new ArrayList<>();

  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private final int columns;
  private int row;
  private int column;
  private boolean cursor = true;

  Screen(int columns) {
    this.columns = columns;
  }

  boolean cursor() {
    return cursor;
  }

  List<String> lines() {
    return lines.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  @Override
  public Screen append(CharSequence text) {
    pieces.add(text.toString());
    int i = 0;
    while (i < text.length()) {
      if (text.toString().startsWith(ESCAPE, i)) {
        int end = i + ESCAPE.length();
        while (!Character.isLetter(text.charAt(end))) {
          end++;
        }
        escape(text.subSequence(i + ESCAPE.length(), end + 1).toString());
        i = end + 1;
      } else {
        put(text.charAt(i++));
      }
    }
    return this;
  }

  private void escape(String code) {
    if (code.equals("J")) {
      lines.get(row).setLength(Math.min(column, lines.get(row).length()));
      while (lines.size() > row + 1) {
        lines.remove(lines.size() - 1);
      }
    } else if (code.endsWith("A")) {
      row -= Integer.parseInt(code.substring(0, code.length() - 1));
    } else if (code.equals("?25l") || code.equals("?25h")) {
      cursor = code.endsWith("h");
    } else if (!code.endsWith("m")) {
      throw new AssertionError("not known to this terminal: " + code);
    }
  }

  private void put(char sign) {
    if (sign == '\r') {
      column = 0;
    } else if (sign == '\n' || column == columns) {
      row++;
      column = 0;
      if (row == lines.size()) {
        lines.add(new StringBuilder());
      }
    }
    if (sign != '\n' && sign != '\r') {
      StringBuilder line = lines.get(row);
      line.replace(Math.min(column, line.length()), Math.min(column + 1, line.length()), "" + sign);
      column++;
    }
  }

  @Override
  public Screen append(CharSequence text, int start, int end) {
    return append(text.subSequence(start, end));
  }

  @Override
  public Screen append(char sign) {
    return append(String.valueOf(sign));
  }
}

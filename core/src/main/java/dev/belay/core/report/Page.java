package dev.belay.core.report;

import java.util.List;

/** Text of the console report as it grows: safe, coloured, broken at the width. Mutable. */
final class Page {

  /** Characters of one line that are shown. */
  private static final int LINE_LIMIT = 400;

  private final ConsoleLook look;
  private final StringBuilder text = new StringBuilder();

  Page(ConsoleLook look) {
    this.look = look;
  }

  ConsoleLook look() {
    return look;
  }

  /** Returns the text in a colour; what is unsafe in it becomes visible, and it stays one line. */
  String ink(Ink ink, String words) {
    return ink.on(SafeText.line(SafeText.cut(words, LINE_LIMIT)), look.colour());
  }

  /** Adds a line that is made of {@link #ink} pieces. */
  void line(String... pieces) {
    for (String piece : pieces) {
      text.append(piece);
    }
    text.append('\n');
  }

  /** Adds an empty line. */
  void gap() {
    text.append('\n');
  }

  /** Adds one line of content, coloured; tabs stay. */
  void content(int indent, Ink ink, String line) {
    text.append(" ".repeat(indent))
        .append(ink.on(SafeText.content(SafeText.cut(line, LINE_LIMIT)), look.colour()))
        .append('\n');
  }

  /**
   * Adds prose of one or more lines behind a key, each further line below the first one's text.
   *
   * @param key what stands before it, in its colour
   * @param indent width of the key without its colour
   */
  void prose(String key, int indent, Ink ink, String prose) {
    String before = key;
    for (String line : SafeText.lines(prose)) {
      for (String piece : Prose.wrap(SafeText.cut(line, LINE_LIMIT), look.columns() - indent)) {
        text.append((before + ink.on(piece, look.colour())).stripTrailing()).append('\n');
        before = " ".repeat(indent);
      }
    }
  }

  /** Adds prose below an indentation. */
  void prose(int indent, Ink ink, List<String> lines) {
    lines.forEach(line -> prose(" ".repeat(indent), indent, ink, line));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

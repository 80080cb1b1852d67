package dev.belay.core.yaml;

import java.util.List;

/**
 * Answers questions about the lines of a text and adds lines to it in its own style.
 *
 * @param text the text; its lines end with LF or CRLF
 */
record TextLines(String text) {
  private static final String CRLF = "\r\n";

  /** Returns where the line of {@code at} begins. */
  int start(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  /** Returns just past the last character of the line of {@code at}, its line end not counted. */
  int end(int at) {
    int feed = text.indexOf('\n', at);
    if (feed < 0) {
      return text.length();
    }
    return feed > 0 && text.charAt(feed - 1) == '\r' ? Math.max(at, feed - 1) : feed;
  }

  /**
   * Returns just past the last character of the line above the one that begins at {@code start}.
   */
  int endOfLineAbove(int start) {
    return text.startsWith(CRLF, start - CRLF.length()) ? start - CRLF.length() : start - 1;
  }

  /** Returns where the line after that of {@code at} begins; the text's length if there is none. */
  int next(int at) {
    int feed = text.indexOf('\n', at);
    return feed < 0 ? text.length() : feed + 1;
  }

  /** Adds lines below the line of {@code at}; a missing final line end stays missing. */
  Splice addBelow(int at, List<String> lines) {
    int feed = text.indexOf('\n', at);
    if (feed < 0) {
      String eol = firstLineEnd();
      return Splice.insert(text.length(), eol + String.join(eol, lines));
    }
    String eol = text.startsWith(CRLF, feed - 1) ? CRLF : "\n";
    return Splice.insert(feed + 1, String.join(eol, lines) + eol);
  }

  /** Adds lines after everything that stands in the document whose content ends at {@code at}. */
  Splice addAtEnd(int at, List<String> lines) {
    int end = endOfDocument(at);
    String eol = firstLineEnd();
    String added = String.join(eol, lines);
    boolean onOwnLine = end == 0 || text.charAt(end - 1) == '\n' || isOnlyByteOrderMark(end);
    return Splice.insert(end, onOwnLine ? added + eol : eol + added);
  }

  /** Tells whether nothing but blanks and a comment follow on the line from {@code at}. */
  boolean restIsBlankOrComment(int at) {
    String rest = text.substring(at, end(at));
    return rest.isBlank() || rest.matches("[ \t]+#.*");
  }

  /** Tells whether nothing but blanks stand before {@code at} on its line. */
  boolean isFirstOnLine(int at) {
    return text.substring(start(at), at).isBlank();
  }

  private String firstLineEnd() {
    int feed = text.indexOf('\n');
    return feed > 0 && text.charAt(feed - 1) == '\r' ? CRLF : "\n";
  }

  /** The document ends at a line {@code ...} or with the text. */
  private int endOfDocument(int at) {
    for (int line = next(at); line < text.length(); line = next(line)) {
      if (text.startsWith("...", line)) {
        return line;
      }
    }
    return text.length();
  }

  private boolean isOnlyByteOrderMark(int end) {
    return end == 1 && text.charAt(0) == YamlParse.BYTE_ORDER_MARK;
  }
}

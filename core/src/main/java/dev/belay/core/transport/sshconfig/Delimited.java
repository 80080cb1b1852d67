package dev.belay.core.transport.sshconfig;

/**
 * Takes words off the front of a text, divided by blanks or by one equals sign; double quotes hold
 * a word together. This is how keywords, and all of a Match line, are cut.
 *
 * <p>Source: openssh-portable misc.c, {@code strdelim}.
 */
final class Delimited {

  private static final String BLANK = " \t\r\n\f";

  private String text;

  Delimited(String text) {
    this.text = text;
  }

  /** Returns what has not been taken. */
  String rest() {
    return text;
  }

  /** Takes the next word; empty at the end, and before a blank or equals sign at the front. */
  String next() {
    if (text.startsWith("\"")) {
      int end = text.indexOf('"', 1);
      String word = text.substring(1, end < 0 ? text.length() : end);
      text = end < 0 ? "" : text.substring(end + 1);
      skip(0);
      return word;
    }
    int end = 0;
    while (end < text.length() && (BLANK + "\"=").indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String word = text.substring(0, end);
    boolean equals = end < text.length() && text.charAt(end) == '=';
    boolean quote = end < text.length() && text.charAt(end) == '"';
    text = text.substring(Math.min(text.length(), quote ? end : end + 1));
    skip(equals ? 1 : 0);
    return word;
  }

  private void skip(int signs) {
    text = text.stripLeading();
    if (signs == 0 && text.startsWith("=")) {
      text = text.substring(1).stripLeading();
    }
  }
}

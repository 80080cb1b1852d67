package dev.belay.core.builtin.kube.incident;

import java.util.Optional;

/**
 * A text that Go has quoted with {@code %q}, see strconv.Quote.
 *
 * @param value what was quoted
 * @param end index of what follows the closing quote
 */
record GoQuoted(String value, int end) {

  /** Returns the quoted text that begins at an index; empty when none does, or it has no end. */
  static Optional<GoQuoted> at(String text, int start) {
    if (start >= text.length() || text.charAt(start) != '"') {
      return Optional.empty();
    }
    StringBuilder value = new StringBuilder();
    int at = start + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        return Optional.of(new GoQuoted(value.toString(), at + 1));
      }
      if (c != '\\') {
        value.append(c);
        at++;
        continue;
      }
      int length = escape(text, at, value);
      if (length == 0) {
        return Optional.empty();
      }
      at += length;
    }
    return Optional.empty();
  }

  /** Returns how many characters the escape takes; 0 when it is none of Go's. */
  private static int escape(String text, int at, StringBuilder value) {
    char kind = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    int simple = "abfnrtv\\\"".indexOf(kind);
    if (simple >= 0) {
      value.append("\u0007\b\f\n\r\t\u000b\\\"".charAt(simple));
      return 2;
    }
    return switch (kind) {
      case 'x' -> number(text, at, 2, value);
      case 'u' -> number(text, at, 4, value);
      case 'U' -> number(text, at, 8, value);
      default -> 0;
    };
  }

  private static int number(String text, int at, int digits, StringBuilder value) {
    int end = at + 2 + digits;
    if (end > text.length()) {
      return 0;
    }
    int number = 0;
    for (int i = at + 2; i < end; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || number > Character.MAX_CODE_POINT) {
        return 0;
      }
      number = number * 16 + digit;
    }
    // \x stands for a byte; above ASCII it is a piece of no valid UTF-8
    boolean piece = digits == 2 && number > 0x7f;
    if (number > Character.MAX_CODE_POINT) {
      return 0;
    }
    value.appendCodePoint(piece ? 0xfffd : number);
    return 2 + digits;
  }
}

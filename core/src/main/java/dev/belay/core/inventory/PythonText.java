package dev.belay.core.inventory;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A quoted text as Python writes it.
 *
 * @param value the text meant
 * @param end where it ends in what was read
 */
record PythonText(String value, int end) {

  private static final Pattern START = Pattern.compile("(?i)(r|u|b|br|rb)?(?-i)('''|\"\"\"|'|\")");
  private static final Pattern CODE =
      Pattern.compile("x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})");
  private static final String LETTERS = "abfnrtv\\'\"";
  private static final String MEANT = "\u0007\b\f\n\r\t\u000b\\'\"";

  /** Tells whether a text begins at a place. */
  static boolean isHere(String text, int at) {
    return START.matcher(text).region(at, text.length()).lookingAt();
  }

  /** Reads it; null where it does not end or has an escape that Python refuses. */
  static PythonText read(String text, int at) {
    Matcher start = START.matcher(text).region(at, text.length());
    if (!start.lookingAt()) {
      return null;
    }
    String prefix = start.group(1) == null ? "" : start.group(1).toLowerCase(Locale.ROOT);
    String quote = start.group(2);
    StringBuilder value = new StringBuilder();
    int place = start.end();
    while (place < text.length() && !text.startsWith(quote, place)) {
      int next = text.charAt(place) == '\\' ? escape(text, place, prefix, value) : place + 1;
      if (next < 0) {
        return null;
      }
      if (text.charAt(place) != '\\') {
        value.append(text.charAt(place));
      }
      place = next;
    }
    boolean closed = place < text.length() && text.startsWith(quote, place);
    return closed ? new PythonText(value.toString(), place + quote.length()) : null;
  }

  /** Returns where the escape ends, or -1 where Python refuses it. */
  private static int escape(String text, int at, String prefix, StringBuilder value) {
    if (at + 1 >= text.length()) {
      return -1;
    }
    char letter = text.charAt(at + 1);
    int known = LETTERS.indexOf(letter);
    if (prefix.contains("r")) {
      value.append('\\').append(letter);
      return at + 2;
    }
    if (known >= 0) {
      value.append(MEANT.charAt(known));
      return at + 2;
    }
    Matcher code = CODE.matcher(text).region(at + 1, text.length());
    if (code.lookingAt() && !(prefix.contains("b") && "uU".indexOf(letter) >= 0)) {
      return code(code, value);
    }
    if ("xuUN".indexOf(letter) >= 0 && !prefix.contains("b")) {
      return -1;
    }
    value.append('\\').append(letter);
    return at + 2;
  }

  private static int code(Matcher code, StringBuilder value) {
    for (int group = 1; group <= code.groupCount(); group++) {
      if (code.group(group) != null) {
        long point = Long.parseLong(code.group(group), group == 4 ? 8 : 16);
        if (point > Character.MAX_CODE_POINT) {
          return -1;
        }
        value.appendCodePoint((int) point);
      }
    }
    return code.end();
  }
}

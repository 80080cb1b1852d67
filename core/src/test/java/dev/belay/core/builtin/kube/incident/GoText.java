package dev.belay.core.builtin.kube.incident;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** Writes texts as Go does, independently of what reads them. */
final class GoText {

  private GoText() {}

  /** Quotes as {@code strconv.Quote}: visible characters stay, the rest is escaped. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case 7 -> quoted.append("\\a");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case 11 -> quoted.append("\\v");
                default -> other(c, quoted);
              }
            });
    return quoted.append('"').toString();
  }

  private static void other(int c, StringBuilder quoted) {
    if (c < 0x20 || c == 0x7f) {
      quoted.append(String.format(Locale.ROOT, "\\x%02x", c));
    } else if (c == 0x200b || c == 0x2028) {
      quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
    } else if (c > 0xffff) {
      quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
    } else {
      quoted.appendCodePoint(c);
    }
  }

  /** Writes a JSON string as Go's encoder does, which escapes &amp;, &lt; and &gt;. */
  static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                json.append('\\').appendCodePoint(c);
              } else if (c < 0x20 || c == '&' || c == '<' || c == '>' || c == 0x2028) {
                json.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                json.appendCodePoint(c);
              }
            });
    return json.append('"').toString();
  }

  /** Returns a name that tries to be something else, or an ordinary one. */
  static String hostile(RandomGenerator random) {
    String[] pieces = {
      "agent",
      "smith",
      ":",
      "\"",
      "\\",
      "\n",
      "\t",
      " ",
      ",",
      "'",
      "$(id)",
      "`id`",
      ";",
      "|",
      "../",
      "&",
      "<",
      "\u0007",
      "\u2028",
      "é",
      "😀",
      "\" of Role \"x",
      "\u007f",
      "system:",
      "-"
    };
    StringBuilder name = new StringBuilder("n");
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      name.append(pieces[random.nextInt(pieces.length)]);
    }
    return name.toString();
  }
}

package dev.belay.core.remote;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A way of writing characters as others, as it can be taken back. */
enum Escape {
  /** Line ends with the indentation behind: YAML blocks, base64 in columns, wrapped text. */
  FOLDS("\n\r") {
    @Override
    Read read(byte[] text, int at) {
      int end = at + 1;
      while (end < text.length && " \t\r\n".indexOf(text[end]) >= 0) {
        end++;
      }
      return new Read("", end - at);
    }
  },
  /** Percent signs in URLs, RFC 3986. */
  PERCENT("%") {
    @Override
    Read read(byte[] text, int at) {
      int code = hex(text, at + 1, 2);
      return code < 0 ? null : new Read(new byte[] {(byte) code}, 3);
    }
  },
  /** The same in forms, where a blank is a plus sign. */
  FORM("+%") {
    @Override
    Read read(byte[] text, int at) {
      return text[at] == '+' ? new Read(" ", 1) : PERCENT.read(text, at);
    }
  },
  /** Backslashes as in JSON, Java, YAML's double quotes and shells. */
  BACKSLASH("\\") {
    @Override
    Read read(byte[] text, int at) {
      if (at + 1 == text.length) {
        return null;
      }
      char kind = (char) (text[at + 1] & 0xFF);
      int digits = kind == 'u' ? 4 : kind == 'x' ? 2 : kind == 'U' ? 8 : 0;
      int code = digits == 0 ? -1 : hex(text, at + 2, digits);
      if (code >= 0) {
        return point(text, at, digits + 2, code);
      }
      int known = "nrtbf0e".indexOf(kind);
      return new Read(
          known < 0 ? String.valueOf(kind) : "\n\r\t\b\f\0\33".substring(known, known + 1), 2);
    }
  },
  /** Single quotes within single quotes: of a shell, and doubled as in YAML. */
  QUOTES("'") {
    @Override
    Read read(byte[] text, int at) {
      for (String quoted : new String[] {"'\\''", "'\"'\"'", "''"}) {
        if (starts(text, at, quoted)) {
          return new Read("'", quoted.length());
        }
      }
      return null;
    }
  },
  /** What XML and HTML have for signs of their own. */
  ENTITIES("&") {
    @Override
    Read read(byte[] text, int at) {
      int end = at + 1;
      while (end < text.length && end < at + 10 && text[end] != ';') {
        end++;
      }
      if (end == text.length || text[end] != ';') {
        return null;
      }
      String name = new String(text, at + 1, end - at - 1, StandardCharsets.US_ASCII);
      if (name.matches("#\\d{1,6}|#[xX][0-9a-fA-F]{1,5}")) {
        boolean decimal = Character.isDigit(name.charAt(1));
        int code = Integer.parseInt(name.substring(decimal ? 1 : 2), decimal ? 10 : 16);
        return new Read(Character.toString(code), end - at + 1);
      }
      String known = NAMED.get(name);
      return known == null ? null : new Read(known, end - at + 1);
    }
  };

  private static final Map<String, String> NAMED =
      Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'");

  /**
   * What stood at a place.
   *
   * @param meant what it stands for, never longer than it
   * @param length how many bytes it takes, at least 1
   */
  record Read(byte[] meant, int length) {
    Read(String meant, int length) {
      this(meant.getBytes(StandardCharsets.UTF_8), length);
    }
  }

  private final String leads;

  Escape(String leads) {
    this.leads = leads;
  }

  /** Tells whether an escape may begin with the byte. */
  boolean mayBegin(byte with) {
    return leads.indexOf(with) >= 0;
  }

  /** Returns what stands at a place where it may begin, or null where it is no such escape. */
  abstract Read read(byte[] text, int at);

  /** Characters beyond U+FFFF take two escapes of JSON. */
  private static Read point(byte[] text, int at, int length, int code) {
    boolean high = code >= 0xD800 && code < 0xDC00;
    int low = high && starts(text, at + length, "\\u") ? hex(text, at + length + 2, 4) : -1;
    if (low >= 0xDC00 && low < 0xE000) {
      int whole = Character.toCodePoint((char) code, (char) low);
      return new Read(Character.toString(whole), length * 2);
    }
    boolean character = Character.isValidCodePoint(code) && !(code >= 0xD800 && code < 0xE000);
    return new Read(character ? Character.toString(code) : "?", length);
  }

  private static boolean starts(byte[] text, int at, String with) {
    for (int i = 0; i < with.length(); i++) {
      if (at + i >= text.length || text[at + i] != with.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the number that hexadecimal digits mean, or -1 where they are none. */
  private static int hex(byte[] text, int at, int digits) {
    int number = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = i < text.length ? Character.digit(text[i], 16) : -1;
      if (digit < 0 || number > 0x0FFFFFF) {
        return -1;
      }
      number = number * 16 + digit;
    }
    return number;
  }
}

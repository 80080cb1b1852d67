package dev.belay.core.builtin.kube.incident;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads an event as every API server writes it: JSON without blanks, in ASCII. Whatever looks
 * otherwise is left to the parser, so that a value found here is the one that the parser finds; it
 * is here only since it takes a tenth of the parser's time. Not thread-safe.
 */
final class UsualEvent {

  private static final int DEPTH = 50;
  private static final int NAME_LENGTH = 1000;
  private static final int DIGITS = 9;

  /** A value as it stood in the last line that had it: most are the same again and again. */
  private record Last(byte[] bytes, String text) {}

  private final String[] found;
  private final Last[] last = new Last[EventField.values().length];
  private byte[] buffer;
  private int at;
  private int end;
  private boolean escapes;

  /** Makes a reader that puts what it finds into an array, by the ordinals of the fields. */
  UsualEvent(String[] found) {
    this.found = found;
  }

  /** Reads one line; false when it looks unusual, and then what is found so far means nothing. */
  boolean read(byte[] line, int from, int to) {
    buffer = line;
    at = from;
    end = to;
    return object(EventNames.TOP, 0) && at == end;
  }

  private boolean object(EventNames names, int depth) {
    if (depth > DEPTH || !take('{')) {
      return false;
    }
    if (take('}')) {
      return true;
    }
    do {
      if (!member(names, depth)) {
        return false;
      }
    } while (take(','));
    return take('}');
  }

  private boolean member(EventNames names, int depth) {
    int from = at + 1;
    if (!string() || escapes || at - from > NAME_LENGTH) {
      return false;
    }
    EventNames.Name name = names.find(buffer, from, at - 1);
    return take(':') && value(name, depth);
  }

  private boolean value(EventNames.Name name, int depth) {
    if (at >= end) {
      return false;
    }
    return switch (buffer[at]) {
      case '{' -> object(name.below(), depth + 1);
      case '[' -> array(name, depth + 1);
      case '"' -> text(name.field());
      case 't' -> name.field() == null && word("true");
      case 'f' -> name.field() == null && word("false");
      case 'n' -> name.field() == null && word("null");
      default -> number(name.field());
    };
  }

  /** Of the addresses the first is kept, of other lists nothing. */
  private boolean array(EventNames.Name name, int depth) {
    if (depth > DEPTH || !take('[')) {
      return false;
    }
    if (take(']')) {
      return true;
    }
    boolean kept = name.field() == EventField.SOURCE_IPS;
    do {
      boolean first = kept && found[EventField.SOURCE_IPS.ordinal()] == null;
      boolean whole =
          at < end && buffer[at] == '"'
              ? text(first ? EventField.SOURCE_IPS : null)
              : !kept && value(EventNames.NOTHING, depth);
      if (!whole) {
        return false;
      }
    } while (take(','));
    return take(']');
  }

  private boolean text(EventField field) {
    int from = at + 1;
    return string() && (field == null || keep(field, from, at - 1));
  }

  private boolean keep(EventField field, int from, int to) {
    int place = field.ordinal();
    if (from == to) {
      found[place] = "";
      return true;
    }
    Last known = last[place];
    if (known == null || !Arrays.equals(known.bytes, 0, known.bytes.length, buffer, from, to)) {
      byte[] bytes = Arrays.copyOfRange(buffer, from, to);
      String text = escapes ? unescaped(bytes) : new String(bytes, StandardCharsets.US_ASCII);
      if (text == null) {
        return false;
      }
      known = new Last(bytes, text);
      last[place] = known;
    }
    found[place] = known.text;
    return true;
  }

  /** Returns the text with quotes and backslashes; null when others are escaped in it. */
  private static String unescaped(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\\') {
        i++;
        if (bytes[i] != '"' && bytes[i] != '\\') {
          return null;
        }
      }
      text.append((char) bytes[i]);
    }
    return text.toString();
  }

  /** Passes over a string, and notes whether anything is escaped in it. */
  private boolean string() {
    if (!take('"')) {
      return false;
    }
    escapes = false;
    byte[] bytes = buffer;
    for (int i = at; i < end; i++) {
      byte one = bytes[i];
      if (one == '"') {
        at = i + 1;
        return true;
      }
      if (one == '\\') {
        escapes = true;
        i += escape(i + 1);
      } else if (one < ' ') {
        return false; // what has to be escaped, and what is not ASCII
      }
    }
    return false;
  }

  /** Returns how many bytes follow a backslash that belong to it; beyond the end if none may. */
  private int escape(int from) {
    if (from >= end) {
      return 1;
    }
    if ("\"\\/bfnrt".indexOf(buffer[from]) >= 0) {
      return 1;
    }
    boolean four = buffer[from] == 'u' && from + 4 < end;
    for (int i = from + 1; four && i <= from + 4; i++) {
      four = Character.digit(buffer[i], 16) >= 0;
    }
    return four ? 5 : end;
  }

  /** Passes over a natural number of few digits. */
  private boolean number(EventField field) {
    int from = at;
    while (at < end && buffer[at] >= '0' && buffer[at] <= '9') {
      at++;
    }
    int digits = at - from;
    boolean usual = digits > 0 && digits <= DIGITS && (digits == 1 || buffer[from] != '0');
    escapes = false;
    return usual && (field == null || keep(field, from, at));
  }

  private boolean word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= end || buffer[at + i] != word.charAt(i)) {
        return false;
      }
    }
    at += word.length();
    return true;
  }

  private boolean take(char wanted) {
    boolean there = at < end && buffer[at] == wanted;
    at += there ? 1 : 0;
    return there;
  }
}

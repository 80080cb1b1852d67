package dev.belay.core.inventory;

import dev.belay.core.inventory.HostNames.Unreadable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads values as Python's {@code ast.literal_eval} does, which Ansible asks about each value of an
 * INI inventory: what is no literal is a text.
 *
 * <p>Numbers, texts, lists, tuples (as lists), mappings, True, False and None are read; sets,
 * complex numbers and the ellipsis, which Ansible reads and cannot print, are refused.
 */
final class PythonLiteral {

  private static final Pattern BLANK = Pattern.compile("[ \t\f\n]*(?:#[^\n]*)?[ \t\f\n]*");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<float>(?:\\d(?:_?\\d)*+)?\\.\\d(?:_?\\d)*+(?:[eE][+-]?\\d(?:_?\\d)*+)?"
              + "|\\d(?:_?\\d)*+\\.(?:[eE][+-]?\\d(?:_?\\d)*+)?"
              + "|\\d(?:_?\\d)*+[eE][+-]?\\d(?:_?\\d)*+)"
              + "|0[xX](?<hex>(?:_?[0-9a-fA-F])+)"
              + "|0[oO](?<octal>(?:_?[0-7])+)"
              + "|0[bB](?<binary>(?:_?[01])+)"
              + "|(?<decimal>0(?:_?0)*|[1-9](?:_?\\d)*+)");
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

  /** CPython refuses more nested brackets (tokenizer.h, MAXLEVEL). */
  private static final int MAX_DEPTH = 200;

  private final String text;
  private int at;
  private int depth;

  /** The text is no literal; it has no stack trace, as it is thrown for every plain word. */
  private static final class NoLiteral extends Exception {
    private static final long serialVersionUID = 1L;

    NoLiteral() {
      super("", null, false, false);
    }
  }

  private PythonLiteral(String text) {
    this.text = text;
  }

  /**
   * Returns the value of a literal, or the text itself.
   *
   * @throws Unreadable for a literal that has no place in an inventory
   */
  static Object read(String text) throws Unreadable {
    String stripped = text.replaceFirst("^[ \t]+", "");
    try {
      return new PythonLiteral(stripped).whole();
    } catch (NoLiteral plain) {
      return text;
    }
  }

  private Object whole() throws NoLiteral, Unreadable {
    Object value = items(false);
    blank();
    if (at < text.length()) {
      throw new NoLiteral();
    }
    return value;
  }

  /** Reads one value, or several with commas between, which are a tuple. */
  private Object items(boolean inBrackets) throws NoLiteral, Unreadable {
    List<Object> items = new ArrayList<>();
    items.add(value());
    boolean tuple = false;
    while (take(',')) {
      tuple = true;
      blank();
      if (at == text.length() || inBrackets && text.charAt(at) == ')') {
        break;
      }
      items.add(value());
    }
    return tuple ? Collections.unmodifiableList(items) : items.get(0);
  }

  private void blank() {
    Matcher blank = BLANK.matcher(text).region(at, text.length());
    if (blank.lookingAt()) {
      at = blank.end();
    }
  }

  private boolean take(char c) {
    blank();
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private Object value() throws NoLiteral, Unreadable {
    blank();
    if (at >= text.length()) {
      throw new NoLiteral();
    }
    if (++depth > MAX_DEPTH) {
      throw new NoLiteral();
    }
    char c = text.charAt(at);
    Object value =
        switch (c) {
          case '[' -> list();
          case '(' -> tuple();
          case '{' -> mapping();
          case '+', '-' -> signed(c);
          default -> PythonText.isHere(text, at) ? texts() : wordOrNumber();
        };
    depth--;
    return value;
  }

  private Object list() throws NoLiteral, Unreadable {
    List<Object> items = new ArrayList<>();
    at++;
    while (!take(']')) {
      items.add(value());
      blank();
      if (!take(',') && !isNext(']')) {
        throw new NoLiteral();
      }
    }
    return Collections.unmodifiableList(items);
  }

  private boolean isNext(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private Object tuple() throws NoLiteral, Unreadable {
    at++;
    if (take(')')) {
      return List.of();
    }
    Object inside = items(true);
    if (!take(')')) {
      throw new NoLiteral();
    }
    return inside;
  }

  private Object mapping() throws NoLiteral, Unreadable {
    Map<Object, Object> entries = new LinkedHashMap<>();
    at++;
    while (!take('}')) {
      Object key = value();
      if (!take(':')) {
        refuseSet();
      }
      entries.put(key, value());
      if (!take(',') && !isNext('}')) {
        throw new NoLiteral();
      }
    }
    return Collections.unmodifiableMap(entries);
  }

  private static Unreadable sorry(String what) {
    return new Unreadable(what + " is no value that Ansible could print", "quote it as a text");
  }

  private void refuseSet() throws NoLiteral, Unreadable {
    if (isNext(',') || isNext('}')) {
      throw sorry("a set");
    }
    throw new NoLiteral();
  }

  private Object signed(char sign) throws NoLiteral, Unreadable {
    at++;
    blank();
    Object number = number();
    if (sign == '+') {
      return number;
    }
    return number instanceof Double real ? (Object) (-real) : narrowed(big(number).negate());
  }

  private static BigInteger big(Object number) {
    return new BigInteger(String.valueOf(number));
  }

  private static Object narrowed(BigInteger number) {
    if (number.bitLength() < Integer.SIZE) {
      return number.intValue();
    }
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  private Object wordOrNumber() throws NoLiteral, Unreadable {
    Matcher word = WORD.matcher(text).region(at, text.length());
    if (word.lookingAt()) {
      at = word.end();
      return switch (word.group()) {
        case "True" -> true;
        case "False" -> false;
        case "None" -> null;
        default -> throw new NoLiteral();
      };
    }
    if (text.startsWith("...", at) && text.substring(at + 3).isBlank()) {
      throw sorry("an ellipsis");
    }
    return number();
  }

  private Object number() throws NoLiteral, Unreadable {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw new NoLiteral();
    }
    at = number.end();
    refuseTail();
    if (number.group("float") != null) {
      return Double.valueOf(number.group("float").replace("_", ""));
    }
    return narrowed(
        number.group("hex") != null
            ? digits(number.group("hex"), 16)
            : number.group("octal") != null
                ? digits(number.group("octal"), 8)
                : number.group("binary") != null
                    ? digits(number.group("binary"), 2)
                    : digits(number.group("decimal"), 10));
  }

  private static BigInteger digits(String digits, int radix) {
    return new BigInteger(digits.replace("_", ""), radix);
  }

  /** What sticks to a number makes it something else: {@code 10.0.0.1}, {@code 5m}, {@code 2j}. */
  private void refuseTail() throws NoLiteral, Unreadable {
    if (at >= text.length()) {
      return;
    }
    char tail = text.charAt(at);
    if ((tail == 'j' || tail == 'J') && text.substring(at + 1).isBlank()) {
      throw sorry("a complex number");
    }
    if (Character.isLetterOrDigit(tail) || tail == '.' || tail == '_') {
      throw new NoLiteral();
    }
  }

  /** Reads texts that stand side by side, which are one. */
  private Object texts() throws NoLiteral {
    StringBuilder all = new StringBuilder();
    while (PythonText.isHere(text, at)) {
      PythonText one = PythonText.read(text, at);
      if (one == null) {
        throw new NoLiteral();
      }
      all.append(one.value());
      at = one.end();
      blank();
    }
    return all.toString();
  }
}

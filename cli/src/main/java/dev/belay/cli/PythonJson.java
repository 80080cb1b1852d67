package dev.belay.cli;

import dev.belay.core.remote.KnownSecrets;
import dev.belay.core.remote.Secret;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes JSON as Python's json does with four blanks of indentation and sorted keys. */
final class PythonJson {

  private static final String MASK = "(secret)";
  private static final double PLAIN_FROM = 1e-4;
  private static final double PLAIN_BELOW = 1e16;

  private final StringBuilder out = new StringBuilder();

  private PythonJson() {}

  /** Returns the text; secrets are masked. */
  static String text(Object value) {
    PythonJson json = new PythonJson();
    json.value(value, 1);
    return json.out.toString();
  }

  private void value(Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      mapping(map, depth);
    } else if (value instanceof List<?> list) {
      list(list, depth);
    } else if (value instanceof Secret) {
      string(MASK);
    } else if (value instanceof Double || value instanceof Float) {
      out.append(real(((Number) value).doubleValue()));
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      string(KnownSecrets.masked(value.toString()));
    }
  }

  private void mapping(Map<?, ?> map, int depth) {
    List<? extends Map.Entry<?, ?>> entries =
        map.entrySet().stream()
            .sorted(Comparator.comparing((Map.Entry<?, ?> e) -> String.valueOf(e.getKey())))
            .toList();
    open('{', entries.isEmpty());
    for (Iterator<? extends Map.Entry<?, ?>> each = entries.iterator(); each.hasNext(); ) {
      Map.Entry<?, ?> entry = each.next();
      newLine(depth);
      string(String.valueOf(entry.getKey()));
      out.append(": ");
      value(entry.getValue(), depth + 1);
      out.append(each.hasNext() ? "," : "");
    }
    close('}', entries.isEmpty(), depth);
  }

  private void list(List<?> list, int depth) {
    open('[', list.isEmpty());
    for (Iterator<?> each = list.iterator(); each.hasNext(); ) {
      newLine(depth);
      value(each.next(), depth + 1);
      out.append(each.hasNext() ? "," : "");
    }
    close(']', list.isEmpty(), depth);
  }

  private void open(char bracket, boolean empty) {
    out.append(bracket);
    if (empty) {
      out.append(bracket == '{' ? '}' : ']');
    }
  }

  private void close(char bracket, boolean empty, int depth) {
    if (!empty) {
      newLine(depth - 1);
      out.append(bracket);
    }
  }

  private void newLine(int depth) {
    out.append('\n').append("    ".repeat(depth));
  }

  private static String real(double number) {
    if (!Double.isFinite(number)) {
      return Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
    }
    double size = Math.abs(number);
    BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (size == 0 || size >= PLAIN_FROM && size < PLAIN_BELOW) {
      String plain = size == 0 ? Double.toString(number) : digits.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String all = digits.unscaledValue().abs().toString();
    int exponent = digits.precision() - digits.scale() - 1;
    return (number < 0 ? "-" : "")
        + all.charAt(0)
        + (all.length() > 1 ? "." + all.substring(1) : "")
        + String.format(Locale.ROOT, "e%+03d", exponent);
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int known = "\"\\\n\r\t\b\f".indexOf(c);
      if (known >= 0) {
        out.append('\\').append("\"\\nrtbf".charAt(known));
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}

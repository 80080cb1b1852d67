package dev.belay.core.playbook;

import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Single values of variables: read as a type, and told in words. Pure. */
final class VarWords {

  private static final Set<String> YES = Set.of("true", "yes", "on");
  private static final Set<String> NO = Set.of("false", "no", "off");
  private static final int SHOWN = 40;

  private VarWords() {}

  /**
   * Returns a value as a type; empty where it is none. Numbers and yes or no may be texts, since
   * {@code -e port=80} gives texts; a text is never made of a number, which may have lost digits.
   */
  static Optional<Object> plain(Class<?> type, Object value) {
    if (type == Object.class) {
      return Optional.of(value);
    }
    if (type == Secret.class) {
      return value instanceof Secret
          ? Optional.of(value)
          : text(value).map(Secret::of).map(Object.class::cast);
    }
    if (type == String.class) {
      return text(value).map(Object.class::cast);
    }
    if (type == RemotePath.class) {
      return text(value).flatMap(VarWords::path);
    }
    if (type.isEnum()) {
      return text(value).flatMap(word -> constant(type, word));
    }
    return type == boolean.class || type == Boolean.class ? yesOrNo(value) : number(type, value);
  }

  private static Optional<String> text(Object value) {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Object> path(String text) {
    try {
      return Optional.of(RemotePath.of(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static Optional<Object> constant(Class<?> type, String word) {
    String wanted = word.replace('-', '_');
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> ((Enum<?>) each).name().equalsIgnoreCase(wanted))
        .map(Object.class::cast)
        .findFirst();
  }

  private static Optional<Object> yesOrNo(Object value) {
    if (value instanceof Boolean) {
      return Optional.of(value);
    }
    String word = value instanceof String text ? text.toLowerCase(Locale.ROOT) : "";
    return YES.contains(word)
        ? Optional.of(true)
        : NO.contains(word) ? Optional.of(false) : Optional.empty();
  }

  private static Optional<Object> number(Class<?> type, Object value) {
    String digits = value instanceof String || value instanceof Number ? value.toString() : "";
    if (type == double.class || type == Double.class) {
      boolean real = digits.matches("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
      return real ? Optional.of(Double.valueOf(digits)) : Optional.empty();
    }
    if (!digits.matches("[-+]?\\d{1,20}")) {
      return Optional.empty();
    }
    BigInteger number = new BigInteger(digits);
    boolean small = type == int.class || type == Integer.class;
    if (number.bitLength() >= (small ? Integer.SIZE : Long.SIZE)) {
      return Optional.empty();
    }
    return small ? Optional.of(number.intValue()) : Optional.of(number.longValue());
  }

  /** Returns what a type wants, in words. */
  static String wanted(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      String each = wanted(of[of.length - 1]);
      return generic.getRawType() == Optional.class
          ? each
          : (generic.getRawType() == List.class ? "a list" : "a mapping") + ", each " + each;
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return "one of "
          + Arrays.stream(plain.getEnumConstants())
              .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    return VarReading.isNested(plain) ? "a mapping" : name(plain);
  }

  private static String name(Class<?> plain) {
    return switch (plain.getSimpleName()) {
      case "String" -> "a text";
      case "boolean", "Boolean" -> "true or false";
      case "int", "Integer", "long", "Long" -> "a whole number";
      case "double", "Double" -> "a number";
      case "RemotePath" -> "an absolute path";
      case "Secret" -> "a text, which is kept secret";
      default -> "a value";
    };
  }

  /** Returns what a value is, in words; never the text of what is or should be a secret. */
  static String got(Type type, Object value) {
    if (value instanceof Secret) {
      return "a secret, for which the component has to be a Secret";
    }
    String kind =
        value instanceof String
            ? "the text"
            : value instanceof Number
                ? "the number"
                : value instanceof Boolean ? "" : value instanceof List ? "a list" : "a mapping";
    boolean shown = type != Secret.class && !(value instanceof List) && !(value instanceof Map);
    if (!shown) {
      return kind.isEmpty() ? "true or false" : kind;
    }
    String text = value.toString();
    String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return (kind + " " + (value instanceof String ? "\"" + cut + "\"" : cut)).strip();
  }
}

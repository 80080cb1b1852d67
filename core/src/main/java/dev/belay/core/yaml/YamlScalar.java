package dev.belay.core.yaml;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Holds one scalar that is to be written as YAML, with its type. */
public sealed interface YamlScalar extends YamlValue {

  /**
   * Returns a string; it is quoted on writing wherever a reader could take it for anything else.
   */
  static YamlScalar of(String value) {
    return new Text(value);
  }

  /** Returns {@code true} or {@code false}. */
  static YamlScalar of(boolean value) {
    return new Bool(value);
  }

  /** Returns a whole number. */
  static YamlScalar of(long value) {
    return new Int(value);
  }

  /** Returns the bare text of the value, without quotes. */
  String text();

  /**
   * A string.
   *
   * @param text its characters, which UTF-8 must be able to carry
   */
  record Text(String text) implements YamlScalar {
    /** Refuses half surrogate pairs, which no UTF-8 file can hold. */
    public Text {
      Objects.requireNonNull(text, "text");
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        throw new IllegalArgumentException("a YAML string cannot hold half a surrogate pair");
      }
    }
  }

  /**
   * A boolean.
   *
   * @param value its value
   */
  record Bool(boolean value) implements YamlScalar {
    @Override
    public String text() {
      return Boolean.toString(value);
    }
  }

  /**
   * A whole number.
   *
   * @param value its value
   */
  record Int(long value) implements YamlScalar {
    @Override
    public String text() {
      return Long.toString(value);
    }
  }
}

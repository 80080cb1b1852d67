package dev.belay.core.builtin.falco.rules;

import java.util.Locale;

/** What a later item does to an earlier one of the same name, or to one key of it. */
public enum Merge {
  /** It takes its place. */
  REPLACE,
  /** It is added at its end; a condition has to begin with {@code and} or {@code or} then. */
  APPEND;

  /** Returns the word for {@code override}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

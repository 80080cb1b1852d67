package dev.belay.core.remote;

import java.util.Collection;
import java.util.stream.Collectors;

/** Quotes values for a POSIX shell, so that any text arrives as itself. */
public final class Sh {

  private Sh() {}

  /**
   * Returns one shell word that expands to exactly {@code value}.
   *
   * @throws IllegalArgumentException when the value holds a NUL character, which no argument can
   */
  public static String quote(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a shell word cannot hold a NUL character");
    }
    return "'" + value.replace("'", "'\\''") + "'";
  }

  /** Returns one shell word for the path. */
  public static String quote(RemotePath path) {
    return quote(path.value());
  }

  /** Returns the words quoted and joined by blanks: one simple command. */
  public static String words(Collection<String> words) {
    return words.stream().map(Sh::quote).collect(Collectors.joining(" "));
  }
}

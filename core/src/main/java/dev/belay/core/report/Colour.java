package dev.belay.core.report;

import java.util.Locale;
import java.util.Map;

/** Whether a report is coloured, as {@code --color} takes it. */
public enum Colour {
  /** On a terminal only, unless the environment says otherwise. */
  AUTO,
  /** Always, also into a pipe. */
  ALWAYS,
  /** Never. */
  NEVER;

  /**
   * Reads a setting.
   *
   * @param word {@code auto}, {@code always} or {@code never}
   * @throws IllegalArgumentException for any other word
   */
  public static Colour of(String word) {
    for (Colour colour : values()) {
      if (colour.toString().equals(word)) {
        return colour;
      }
    }
    throw new IllegalArgumentException("colour is auto, always or never, got \"" + word + "\"");
  }

  /**
   * Decides. {@link #ALWAYS} and {@link #NEVER} hold whatever the environment says. Else, in this
   * order: a non-empty {@code NO_COLOR} turns colours off (no-color.org), a non-empty {@code
   * FORCE_COLOR} on, or off when it is 0 or false (force-color.org), a {@code CI} that is not false
   * off, {@code TERM=dumb} off, and then a terminal has colours and a pipe has none.
   *
   * @param terminal whether the output is a terminal
   * @param environment the variables of the process
   */
  public boolean on(boolean terminal, Map<String, String> environment) {
    if (this != AUTO) {
      return this == ALWAYS;
    }
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return false;
    }
    String forced = environment.getOrDefault("FORCE_COLOR", "");
    if (!forced.isEmpty()) {
      return means(forced);
    }
    String ci = environment.getOrDefault("CI", "");
    boolean dumb = "dumb".equals(environment.get("TERM"));
    return terminal && !dumb && (ci.isEmpty() || !means(ci));
  }

  private static boolean means(String value) {
    return !value.equals("0") && !value.equalsIgnoreCase("false");
  }

  /** Returns the word that {@link #of} reads. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

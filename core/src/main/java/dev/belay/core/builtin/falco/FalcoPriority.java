package dev.belay.core.builtin.falco;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The priorities of Falco's rules, the most urgent first, as in syslog. */
public enum FalcoPriority {
  /** The system is unusable. */
  EMERGENCY,
  /** Act at once. */
  ALERT,
  /** Critical conditions. */
  CRITICAL,
  /** Error conditions. */
  ERROR,
  /** Warning conditions. */
  WARNING,
  /** Normal but significant. */
  NOTICE,
  /** For information. */
  INFORMATIONAL,
  /** For finding faults. */
  DEBUG;

  /** Returns the priority that is written so, in any case; {@code Info} is an alias. */
  public static Optional<FalcoPriority> of(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    return name.equals("INFO")
        ? Optional.of(INFORMATIONAL)
        : Arrays.stream(values()).filter(value -> value.name().equals(name)).findFirst();
  }

  /** Returns the word that Falco prints. */
  public String word() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  /** Returns this priority and all more urgent ones. */
  List<FalcoPriority> andAbove() {
    return List.of(values()).subList(0, ordinal() + 1);
  }
}

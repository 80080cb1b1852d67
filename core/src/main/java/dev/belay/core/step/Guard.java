package dev.belay.core.step;

import java.time.Duration;
import java.util.List;

/**
 * The rope of a block of tasks: the host undoes the block by itself unless a controller that came
 * back over a new login has seen every condition hold in time.
 *
 * <p>Two guards are the same only when they are the same object.
 */
public final class Guard {

  private static final Duration LONGEST = Duration.ofHours(1);

  private final Duration within;
  private final List<HealthCondition> until;
  private final String source;

  private Guard(Duration within, List<HealthCondition> until, String source) {
    this.within = within;
    this.until = List.copyOf(until);
    this.source = source;
  }

  /**
   * Returns a guard.
   *
   * @param within how long after the last guarded change the conditions may take to hold; from ten
   *     seconds to one hour, whole seconds
   * @param until what must hold; that a new login works must hold in any case
   */
  public static Guard of(Duration within, List<HealthCondition> until) {
    if (within.compareTo(Duration.ofSeconds(10)) < 0 || within.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a guard waits from ten seconds to one hour, got " + within.toSeconds() + " s");
    }
    return new Guard(within, until, SourceLine.ofCaller());
  }

  /** Returns how long after the last guarded change the conditions may take to hold. */
  public Duration within() {
    return within;
  }

  /** Returns what must hold, besides that a new login works. */
  public List<HealthCondition> until() {
    return until;
  }

  /** Returns where the playbook's author wrote it. */
  public String source() {
    return source;
  }
}

package dev.belay.dsl;

import dev.belay.core.step.Guard;
import dev.belay.core.step.GuardedBlock;
import dev.belay.core.step.HealthCondition;
import dev.belay.core.step.ReversibleItem;
import java.time.Duration;
import java.util.List;

/** Changes on a rope: what the host undoes by itself unless it is seen healthy in time. */
public final class Guards {

  private Guards() {}

  /**
   * Returns a block of tasks that the host undoes by itself, even when this machine, the network or
   * the host's own login fails, unless all conditions hold in time. Takes only what can be undone.
   */
  public static GuardedBlock guarded(
      Duration within, List<HealthCondition> until, ReversibleItem... items) {
    return GuardedBlock.of(Guard.of(within, until), items);
  }

  /** Says how long after the last change of the block the conditions may take to hold. */
  public static Duration within(Duration time) {
    return time;
  }

  /** Names what must hold; that a new login works must hold in any case. */
  public static List<HealthCondition> until(HealthCondition... conditions) {
    return List.of(conditions);
  }

  /** Returns a time in minutes. */
  public static Duration minutes(long count) {
    return Duration.ofMinutes(count);
  }

  /** Returns a time in seconds. */
  public static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }
}

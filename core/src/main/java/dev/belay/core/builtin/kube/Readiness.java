package dev.belay.core.builtin.kube;

import java.time.Duration;

/**
 * How long the new process of a static pod is waited for.
 *
 * @param within longest time until it is ready
 * @param stableFor how long it must then stay the same process and ready
 */
public record Readiness(Duration within, Duration stableFor) {

  /** Three minutes, then stable for five seconds; kubelet usually takes 10 to 60 seconds. */
  public static final Readiness USUAL = new Readiness(Duration.ofMinutes(3), Duration.ofSeconds(5));

  /** Checks the ranges: {@code within} at least a second and longer than {@code stableFor}. */
  public Readiness {
    if (within.toSeconds() < 1 || stableFor.isNegative() || within.compareTo(stableFor) <= 0) {
      throw new IllegalArgumentException(
          "wait at least a second, and longer than it must be stable; got "
              + within
              + " and "
              + stableFor);
    }
  }
}

package dev.belay.offenders.core.builtin;

import java.time.Instant;

/** Decides by the time of day. */
final class AsksTheClock {
  Instant decides() {
    return Instant.now();
  }
}

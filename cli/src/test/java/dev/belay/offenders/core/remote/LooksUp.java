package dev.belay.offenders.core.remote;

import dev.belay.offenders.core.run.Innocent;

/** The lowest package knows one of the highest. */
final class LooksUp {
  final Innocent above = Innocent.ONE;
}

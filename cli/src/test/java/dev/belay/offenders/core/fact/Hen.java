package dev.belay.offenders.core.fact;

import dev.belay.offenders.core.change.Egg;

/** Half of a circle. */
public final class Hen {
  final Egg egg = new Egg(null);
}

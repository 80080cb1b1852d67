package dev.belay.offenders.core.change;

import dev.belay.offenders.core.fact.Hen;

/** The other half of a circle. */
public final class Egg {
  final Hen hen;

  /** Makes it. */
  public Egg(Hen hen) {
    this.hen = hen;
  }
}

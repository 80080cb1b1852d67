package dev.belay.offenders.dsl;

import dev.belay.offenders.core.builtin.NamedStep;

/** The nouns of the offenders. */
public final class Steps {

  private Steps() {}

  /** Keeps nothing. */
  public static NamedStep named() {
    return new NamedStep();
  }
}

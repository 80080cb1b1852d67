package dev.belay.offenders.core.builtin.right;

import dev.belay.offenders.core.builtin.left.LeftStep;

/** The other half of a circle of subjects. */
public final class RightStep {
  final LeftStep left;

  /** Makes it. */
  public RightStep(LeftStep left) {
    this.left = left;
  }
}

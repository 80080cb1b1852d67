package dev.belay.offenders.core.builtin.left;

import dev.belay.offenders.core.builtin.right.RightStep;

/** Half of a circle of subjects. */
public final class LeftStep {
  final RightStep right = new RightStep(null);
}

package dev.belay.offenders.playbooks;

import dev.belay.offenders.core.run.Innocent;

/** A playbook that does not only describe. */
final class StartsARun {
  final Innocent runner = Innocent.ONE;
}

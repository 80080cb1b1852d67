package dev.belay.offenders.core.journal;

import dev.belay.offenders.core.plan.Peer;

/** One of two packages that stand beside each other knows the other. */
final class LooksAside {
  final Peer peer = new Peer();
}

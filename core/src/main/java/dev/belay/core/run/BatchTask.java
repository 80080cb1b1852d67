package dev.belay.core.run;

import dev.belay.core.plan.PlannedTask;

/** A planned task in a batch, with the count of replies it still waits for. */
final class BatchTask {

  final PlayTask where;
  final PlannedTask planned;
  int waiting;

  BatchTask(PlayTask where, PlannedTask planned) {
    this.where = where;
    this.planned = planned;
    this.waiting = planned.changes().size() + (planned.health().isPresent() ? 1 : 0);
  }
}

package dev.belay.core.plan;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Facts;
import dev.belay.core.step.Health;
import dev.belay.core.step.Task;
import java.util.List;
import java.util.Optional;

/**
 * What is planned for one task on one host.
 *
 * @param task the task
 * @param outcome what check mode says of it
 * @param changes what would be done, in order
 * @param warnings what a careful colleague would say
 * @param health condition that must hold afterwards
 * @param after what is known of the host once the changes are made
 */
public record PlannedTask(
    Task task,
    Outcome outcome,
    List<Change> changes,
    List<String> warnings,
    Optional<Health> health,
    Facts after) {

  /** Copies the lists. */
  public PlannedTask {
    changes = List.copyOf(changes);
    warnings = List.copyOf(warnings);
  }

  /** Tells whether all that the task does is known beforehand. */
  public boolean predictable() {
    return changes.stream().allMatch(Change::predictable);
  }
}

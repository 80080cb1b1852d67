package dev.belay.core.plan;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Facts;
import dev.belay.core.step.Finding;
import dev.belay.core.step.Health;
import dev.belay.core.step.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is planned for one task on one host.
 *
 * @param task the task
 * @param outcome what check mode says of it
 * @param changes what would be done, in order
 * @param warnings what a careful colleague would say
 * @param findings what the step has found out
 * @param health condition that must hold afterwards
 * @param after what is known of the host once the changes are made
 */
public record PlannedTask(
    Task task,
    Outcome outcome,
    List<Change> changes,
    List<String> warnings,
    List<Finding> findings,
    Optional<Health> health,
    Facts after) {

  /** Copies the lists. */
  public PlannedTask {
    changes = List.copyOf(changes);
    warnings = List.copyOf(warnings);
    findings = List.copyOf(findings);
  }

  /** Returns in words what the task would do, or why it cannot be known or done. */
  public String leftToDo() {
    if (outcome instanceof Outcome.Fails fails) {
      return fails.problem().got();
    }
    if (outcome instanceof Outcome.MayChange may && changes.isEmpty()) {
      return "not known even now: " + may.reason();
    }
    return changes.stream()
        .map(change -> "it would again " + change.summary())
        .collect(Collectors.joining("; "));
  }

  /** Tells whether all that the task does is known beforehand. */
  public boolean predictable() {
    return changes.stream().allMatch(Change::predictable);
  }
}

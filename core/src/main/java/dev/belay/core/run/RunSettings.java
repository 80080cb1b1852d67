package dev.belay.core.run;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a playbook is run.
 *
 * @param apply whether changes are made; false predicts only
 * @param forks how many hosts at once, at least 1
 * @param choice which tasks are run
 * @param operator who runs it and from where, such as {@code jo@laptop}; kept in the journal
 * @param patience how long a connection that was lost in the middle is tried again; for a guarded
 *     block the time of the guard comes on top. Zero for one attempt
 * @param plan what each host is held to; empty for whatever is planned when the host is reached
 */
public record RunSettings(
    boolean apply,
    int forks,
    TaskChoice choice,
    String operator,
    Duration patience,
    Optional<RunPlan> plan) {

  private static final Duration USUAL = Duration.ofMinutes(1);

  /** Settings with which a lost connection is tried again for a minute. */
  public RunSettings(
      boolean apply, int forks, Set<String> tags, Set<String> skipTags, String operator) {
    this(apply, forks, TaskChoice.tagged(tags, skipTags), operator, USUAL, Optional.empty());
  }

  /** Returns the settings with another patience. */
  public RunSettings patience(Duration newPatience) {
    return new RunSettings(apply, forks, choice, operator, newPatience, plan);
  }

  /** Returns the settings with a plan that hosts are held to. */
  public RunSettings heldTo(RunPlan newPlan) {
    return new RunSettings(apply, forks, choice, operator, patience, Optional.of(newPlan));
  }

  /** Returns the settings with another choice of tasks. */
  public RunSettings choosing(TaskChoice newChoice) {
    return new RunSettings(apply, forks, newChoice, operator, patience, plan);
  }

  /** Checks the range. */
  public RunSettings {
    if (forks < 1) {
      throw new IllegalArgumentException("forks must be at least 1, got " + forks);
    }
  }
}

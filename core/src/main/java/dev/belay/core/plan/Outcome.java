package dev.belay.core.plan;

/** What check mode says of a task. */
public sealed interface Outcome {

  /** The state is there already. */
  record Ok() implements Outcome {}

  /** The planned changes would be made. */
  record WouldChange() implements Outcome {}

  /**
   * It cannot be known yet whether or what would change.
   *
   * @param reason why
   */
  record MayChange(String reason) implements Outcome {}

  /**
   * The task does not concern this host or run.
   *
   * @param reason why
   */
  record Skipped(String reason) implements Outcome {}

  /**
   * The task would fail, and nothing of it would be written.
   *
   * @param problem what is wrong
   */
  record Fails(Problem problem) implements Outcome {}

  /**
   * The task would fail, and nothing of it would be written; others of its block are run for that.
   *
   * @param problem what is wrong
   */
  record Rescued(Problem problem) implements Outcome {}
}

package dev.belay.core.step;

/**
 * A task whose every change can be undone.
 *
 * @param task places a {@link ReversibleStep}
 */
public record ReversibleTask(Task task) implements ReversibleItem {

  /** Checks the step. */
  public ReversibleTask {
    if (!(task.step() instanceof ReversibleStep)) {
      throw new IllegalArgumentException(
          task.step().label() + " may make changes that cannot be undone");
    }
  }
}

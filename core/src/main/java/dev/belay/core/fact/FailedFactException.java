package dev.belay.core.fact;

/** A question could not be answered at all; a task that needs it fails. */
public final class FailedFactException extends RuntimeException {

  private final String advice;

  /**
   * Makes the exception.
   *
   * @param message what was asked and what came instead
   * @param advice what to do next
   */
  public FailedFactException(String message, String advice) {
    super(message);
    this.advice = advice;
  }

  /** Returns what to do next. */
  public String advice() {
    return advice;
  }
}

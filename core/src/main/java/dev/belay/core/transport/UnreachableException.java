package dev.belay.core.transport;

/** A host cannot be reached, refuses us, or was lost; the network's operator has to act. */
public final class UnreachableException extends RuntimeException {

  private final String advice;

  /**
   * Makes the exception.
   *
   * @param message what was wanted and what came instead
   * @param advice what to do next
   */
  public UnreachableException(String message, String advice, Throwable cause) {
    super(message, cause);
    this.advice = advice;
  }

  /** Returns what to do next. */
  public String advice() {
    return advice;
  }
}

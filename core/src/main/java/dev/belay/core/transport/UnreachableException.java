package dev.belay.core.transport;

/** A host cannot be reached, refuses us, or was lost; the network's operator has to act. */
public final class UnreachableException extends RuntimeException {

  private final String advice;
  private final boolean late;

  /**
   * Makes the exception.
   *
   * @param message what was wanted and what came instead
   * @param advice what to do next
   */
  public UnreachableException(String message, String advice, Throwable cause) {
    this(message, advice, false, cause);
  }

  private UnreachableException(String message, String advice, boolean late, Throwable cause) {
    super(message, cause);
    this.advice = advice;
    this.late = late;
  }

  /** Returns the exception for a host that was reached, but did not answer in time. */
  public static UnreachableException late(String message, String advice, Throwable cause) {
    return new UnreachableException(message, advice, true, cause);
  }

  /** Tells whether the host was reached, but took longer over a request than it may. */
  public boolean late() {
    return late;
  }

  /** Returns what to do next. */
  public String advice() {
    return advice;
  }
}

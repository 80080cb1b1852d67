package dev.belay.core.run;

/** A run cannot begin: nothing was connected to and nothing written. */
public final class RunRefusedException extends RuntimeException {

  private final String advice;

  /**
   * Makes the exception.
   *
   * @param message what is wrong
   * @param advice what to do next
   */
  public RunRefusedException(String message, String advice) {
    super(message);
    this.advice = advice;
  }

  /** Returns what to do next. */
  public String advice() {
    return advice;
  }
}

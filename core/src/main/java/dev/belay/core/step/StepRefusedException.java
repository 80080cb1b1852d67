package dev.belay.core.step;

/** A step cannot or must not reach its state from what the host has; nothing was written. */
public final class StepRefusedException extends RuntimeException {

  private final String got;
  private final String advice;

  /**
   * Makes the exception.
   *
   * @param wanted the state that was wanted
   * @param got what the host has instead
   * @param advice what to do next
   */
  public StepRefusedException(String wanted, String got, String advice) {
    super(wanted);
    this.got = got;
    this.advice = advice;
  }

  /** Returns what the host has instead of what was wanted. */
  public String got() {
    return got;
  }

  /** Returns what to do next. */
  public String advice() {
    return advice;
  }
}

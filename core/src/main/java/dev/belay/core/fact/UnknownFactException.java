package dev.belay.core.fact;

/** A fact cannot be known yet; a task that needs it may change, for this reason. */
public final class UnknownFactException extends RuntimeException {

  /**
   * Makes the exception.
   *
   * @param reason a clause that explains why, such as {@code it comes with package falco}
   */
  public UnknownFactException(String reason) {
    super(reason);
  }
}

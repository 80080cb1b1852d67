package dev.belay.core.run;

import java.util.Optional;

/** A run cannot begin: nothing was connected to and nothing written. */
public final class RunRefusedException extends RuntimeException {

  private final Optional<String> headline;
  private final String advice;

  /**
   * Makes the exception.
   *
   * @param message what is wrong
   * @param advice what to do next
   */
  public RunRefusedException(String message, String advice) {
    this(Optional.empty(), message, advice);
  }

  /**
   * Makes the exception for a cause that has a name of its own.
   *
   * @param headline what is wrong in few words; empty where playbook and hosts do not fit
   * @param message what is wrong
   * @param advice what to do next
   */
  public RunRefusedException(Optional<String> headline, String message, String advice) {
    super(message);
    this.headline = headline;
    this.advice = advice;
  }

  /** Returns what is wrong in few words; empty where playbook and hosts do not fit. */
  public Optional<String> headline() {
    return headline;
  }

  /** Returns what to do next. */
  public String advice() {
    return advice;
  }
}

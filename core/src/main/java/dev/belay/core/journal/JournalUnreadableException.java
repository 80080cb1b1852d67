package dev.belay.core.journal;

/** A journal on a host is damaged or was written by a version we do not know. */
public final class JournalUnreadableException extends RuntimeException {

  private final String advice;

  /**
   * Makes the exception.
   *
   * @param message what cannot be read
   * @param advice what to do next
   */
  public JournalUnreadableException(String message, String advice) {
    super(message);
    this.advice = advice;
  }

  /** Returns what to do next. */
  public String advice() {
    return advice;
  }
}

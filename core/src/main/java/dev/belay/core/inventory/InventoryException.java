package dev.belay.core.inventory;

/** An inventory or host pattern that cannot be understood; its author has to act. */
public final class InventoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String advice;

  /**
   * Makes the exception.
   *
   * @param place where it is, such as {@code hosts.yaml, line 3, column 5}
   * @param wrong what is wrong; no secrets
   * @param advice what to do
   */
  public InventoryException(String place, String wrong, String advice) {
    super(place + ": " + wrong + "\n    do: " + advice);
    this.advice = advice;
  }

  /** Returns what to do. */
  public String advice() {
    return advice;
  }
}

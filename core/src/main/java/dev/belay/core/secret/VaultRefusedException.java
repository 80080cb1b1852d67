package dev.belay.core.secret;

/** A text of Ansible Vault that cannot be decrypted; who keeps its password has to act. */
public final class VaultRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String advice;

  /**
   * Makes the exception.
   *
   * @param wrong what is wrong; never a value
   * @param advice what to do
   */
  public VaultRefusedException(String wrong, String advice) {
    super(wrong);
    this.advice = advice;
  }

  /** Returns what to do. */
  public String advice() {
    return advice;
  }
}

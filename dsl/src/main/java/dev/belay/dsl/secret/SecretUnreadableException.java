package dev.belay.dsl.secret;

import dev.belay.core.remote.KnownSecrets;

/**
 * A secret that its source does not give; who runs the playbook has to act. No host was touched.
 */
public final class SecretUnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String got;
  private final String advice;

  /**
   * Makes the exception.
   *
   * @param source where the secret should come from
   * @param got what is wrong there; known secrets in it are masked
   * @param advice what to do
   * @param cause what was thrown; may be null
   */
  public SecretUnreadableException(
      SecretSource source, String got, String advice, Throwable cause) {
    this(source.words(), got, advice, cause);
  }

  SecretUnreadableException(String source, String got, String advice, Throwable cause) {
    super(
        KnownSecrets.masked("no secret from " + source + ": " + got + "\n    do: " + advice),
        cause);
    this.got = KnownSecrets.masked("no secret from " + source + ": " + got);
    this.advice = advice;
  }

  /** Returns which source, and what is wrong there. */
  public String got() {
    return got;
  }

  /** Returns what to do. */
  public String advice() {
    return advice;
  }
}

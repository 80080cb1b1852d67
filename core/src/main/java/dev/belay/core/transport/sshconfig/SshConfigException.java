package dev.belay.core.transport.sshconfig;

/** A configuration that ssh would refuse, or that asks for what is not done here. */
public final class SshConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String place;
  private final String advice;

  /**
   * Makes the exception.
   *
   * @param place where it stands, such as {@code /root/.ssh/config, line 3}
   * @param wrong what is wrong there
   * @param advice what to do
   */
  public SshConfigException(String place, String wrong, String advice) {
    super(place + ": " + wrong);
    this.place = place;
    this.advice = advice;
  }

  /** Returns where it stands. */
  public String place() {
    return place;
  }

  /** Returns what to do. */
  public String advice() {
    return advice;
  }
}

package dev.belay.testkit.host;

/**
 * Says that this machine does not allow an embedded host or lacks a program it needs. The message
 * names what is missing and what to do about it, ready to be printed to a user.
 */
public final class HostUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param missing what is missing, one line
   * @param seen what the system answered, possibly several lines, possibly empty
   * @param advice what to do, possibly several lines
   */
  HostUnavailableException(String missing, String seen, String advice) {
    super(text(missing, seen, advice));
  }

  private static String text(String missing, String seen, String advice) {
    var got = seen.isBlank() ? "" : "\n  got: " + seen.strip().replace("\n", "\n       ");
    return missing + got + "\n  do:  " + advice.strip().replace("\n", "\n       ");
  }
}

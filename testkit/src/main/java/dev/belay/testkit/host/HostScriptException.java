package dev.belay.testkit.host;

/** Says that a script given to {@link EmbeddedHost#run} ended with a status other than 0. */
public final class HostScriptException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  HostScriptException(String script, int status, String stderr) {
    super("script ended with status " + status + ": " + script + "\n" + stderr.strip());
    this.status = status;
  }

  /**
   * Returns the exit status of the script.
   *
   * @return 1 to 255
   */
  public int status() {
    return status;
  }
}

package dev.belay.core.transport;

/** Starts commands on one host. */
@FunctionalInterface
public interface ShellLauncher {

  /**
   * Starts a command and does not wait for an answer.
   *
   * @param command text for the login user's shell, which need not be a POSIX shell: only words and
   *     single quotes without backslashes in them
   * @throws UnreachableException when the host cannot start commands
   */
  ShellProcess launch(String command);
}

package dev.belay.core.transport;

import java.util.Optional;

/** One authenticated connection to one host. */
public interface Connection extends AutoCloseable {

  /**
   * Starts a resident shell as the login user, or as another through {@code sudo}.
   *
   * @param become who to become; empty for the login user
   * @param functions what requests call by name, see {@link ShellFunctions}; must not print
   */
  Shell shell(Optional<Become> become, String functions);

  @Override
  void close();
}

package dev.belay.core.run;

import dev.belay.core.transport.Connection;
import dev.belay.core.transport.Shell;

/**
 * A login with its shell.
 *
 * @param connection the login
 * @param shell the shell
 */
record Attachment(Connection connection, Shell shell) implements AutoCloseable {

  @Override
  public void close() {
    try {
      shell.close();
    } finally {
      connection.close();
    }
  }
}

package dev.belay.core.transport.ssh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;

/** A TCP connection that an SSH server opens for us, as RFC 4254 section 7.2 has it. */
final class TunnelChannel extends DirectConnection {

  TunnelChannel(Connection connection, String host, int port) {
    super(connection, host, port);
  }

  /**
   * Opens it.
   *
   * @throws IOException when the server refuses, cannot connect, or takes too long
   */
  void open(int timeoutMillis) throws IOException {
    trans.write(buildOpenReq());
    // sshj would wait as long as for a command, which is as long as a day.
    openEvent.await(timeoutMillis, TimeUnit.MILLISECONDS);
  }
}

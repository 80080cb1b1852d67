package dev.belay.core.transport.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Makes sockets that send small packets at once.
 *
 * <p>sshj never sets TCP_NODELAY; without it a small request waits about 40 ms for an
 * acknowledgement of the one before.
 */
final class PromptSocketFactory extends SocketFactory {

  private Socket last;

  /** Returns the socket made last. */
  Socket last() {
    return last;
  }

  @Override
  public Socket createSocket() throws IOException {
    last = new Socket();
    last.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return last;
  }

  /**
   * Acknowledges at once what the server sends next: sshd itself sets TCP_NODELAY only when a
   * session starts, and until then waits for our acknowledgement.
   */
  static void acknowledgeAtOnce(Socket socket) throws IOException {
    if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
      socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("only unconnected sockets");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("only unconnected sockets");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("only unconnected sockets");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("only unconnected sockets");
  }
}

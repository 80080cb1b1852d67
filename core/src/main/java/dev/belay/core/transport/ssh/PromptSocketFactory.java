package dev.belay.core.transport.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Hands sshj the one socket that is meant for it.
 *
 * <p>sshj never sets TCP_NODELAY; without it a small request waits about 40 ms for an
 * acknowledgement of the one before.
 */
final class PromptSocketFactory extends SocketFactory {

  private final Socket socket;

  PromptSocketFactory(Socket socket) {
    this.socket = socket;
  }

  @Override
  public Socket createSocket() {
    return socket;
  }

  /**
   * Acknowledges at once what the server sends next: sshd itself sets TCP_NODELAY only when a
   * session starts, and until then waits for our acknowledgement.
   */
  static void acknowledgeAtOnce(Socket socket) throws IOException {
    if (!(socket instanceof StreamSocket)
        && socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
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

package dev.belay.core.transport.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/**
 * A relay that makes the way back slow and counts flights: how often the client sent something
 * after it had got something. Each is a round trip on the wire.
 */
final class Flights implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final long delayMillis;
  private int flights;
  private boolean answered = true;

  private Flights(ServerSocket listener, int target, long delayMillis) {
    this.listener = listener;
    this.target = target;
    this.delayMillis = delayMillis;
  }

  /** Starts a relay to a port of this machine. */
  static Flights to(int target, long delayMillis) throws IOException {
    ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Flights flights = new Flights(listener, target, delayMillis);
    daemon(flights::serve);
    return flights;
  }

  int port() {
    return listener.getLocalPort();
  }

  synchronized int count() {
    return flights;
  }

  private void serve() throws IOException {
    Socket client = listener.accept();
    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    daemon(() -> pump(client.getInputStream(), server.getOutputStream(), true));
    daemon(() -> pump(server.getInputStream(), client.getOutputStream(), false));
  }

  private void pump(InputStream in, OutputStream out, boolean fromClient) throws IOException {
    byte[] bytes = new byte[64 * 1024];
    try (in;
        out) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        if (!fromClient) {
          pause();
        }
        note(fromClient);
        out.write(bytes, 0, count);
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(delayMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void note(boolean fromClient) {
    flights += fromClient && answered ? 1 : 0;
    answered = !fromClient;
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The connection has ended.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}

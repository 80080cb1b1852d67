package dev.belay.core.transport.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A relay that makes the way back slow and counts flights: how often the client sent something
 * after it had got something. Each is a round trip on the wire.
 */
final class Flights implements AutoCloseable {

  /** Bytes on their way back, and when they arrive. */
  private record Chunk(byte[] bytes, long due) {}

  private final ServerSocket listener;
  private final int target;
  private final long delayNanos;
  private final BlockingQueue<Chunk> underway = new LinkedBlockingQueue<>();
  private int flights;
  private boolean answered = true;
  private long lastSent;

  private Flights(ServerSocket listener, int target, long delayMillis) {
    this.listener = listener;
    this.target = target;
    this.delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
    this.lastSent = System.nanoTime() - delayNanos;
  }

  /** Starts a relay to a port of this machine; it serves one connection. */
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
    daemon(() -> thither(client.getInputStream(), server.getOutputStream()));
    daemon(() -> leave(server.getInputStream()));
    daemon(() -> arrive(client.getOutputStream()));
  }

  private void thither(InputStream in, OutputStream out) throws IOException {
    byte[] bytes = new byte[64 * 1024];
    try (in;
        out) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        noteSent();
        out.write(bytes, 0, count);
      }
    }
  }

  private void leave(InputStream in) throws IOException {
    byte[] bytes = new byte[64 * 1024];
    for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
      underway.add(new Chunk(Arrays.copyOf(bytes, count), System.nanoTime() + delayNanos));
    }
    underway.add(new Chunk(new byte[0], 0));
  }

  private void arrive(OutputStream out) throws IOException, InterruptedException {
    try (out) {
      for (Chunk chunk = underway.take(); chunk.bytes().length > 0; chunk = underway.take()) {
        TimeUnit.NANOSECONDS.sleep(chunk.due() - System.nanoTime());
        noteAnswer();
        out.write(chunk.bytes());
      }
    }
  }

  private synchronized void noteSent() {
    boolean waited = System.nanoTime() - lastSent > delayNanos / 2;
    flights += answered && waited ? 1 : 0;
    answered = false;
    lastSent = System.nanoTime();
  }

  private synchronized void noteAnswer() {
    answered = true;
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException e) {
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

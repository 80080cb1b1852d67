package dev.belay.lab.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A TCP relay on loopback that delays each direction by half a round trip. Bytes wait in a queue
 * with the time they came, so that what is in flight is delayed but not throttled; connecting waits
 * a whole round trip, as a handshake does.
 */
public final class DelayRelay implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final long halfNanos;

  private record Piece(byte[] bytes, long due) {}

  private DelayRelay(ServerSocket listener, int target, long roundTripMillis) {
    this.listener = listener;
    this.target = target;
    this.halfNanos = TimeUnit.MILLISECONDS.toNanos(roundTripMillis) / 2;
  }

  /**
   * Starts a relay.
   *
   * @param target port on loopback to relay to
   * @param roundTripMillis delay of a round trip in milliseconds, 0 or more
   */
  public static DelayRelay start(int target, long roundTripMillis) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    DelayRelay relay = new DelayRelay(listener, target, roundTripMillis);
    daemon(relay::accept);
    return relay;
  }

  /** Returns the port the relay listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        daemon(() -> relay(near));
      }
    } catch (IOException closed) {
      // the relay has ended
    }
  }

  private void relay(Socket near) {
    try {
      TimeUnit.NANOSECONDS.sleep(2 * halfNanos);
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      carry(near, far);
      carry(far, near);
    } catch (IOException | InterruptedException lost) {
      close(near);
    }
  }

  private void carry(Socket from, Socket to) {
    BlockingQueue<Piece> flight = new LinkedBlockingQueue<>();
    daemon(() -> receive(from, flight));
    daemon(() -> deliver(flight, from, to));
  }

  private void receive(Socket from, BlockingQueue<Piece> flight) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        flight.add(new Piece(java.util.Arrays.copyOf(buffer, n), System.nanoTime() + halfNanos));
      }
    } catch (IOException closed) {
      // the end is passed on below, in its turn
    }
    flight.add(new Piece(new byte[0], System.nanoTime() + halfNanos));
  }

  private void deliver(BlockingQueue<Piece> flight, Socket from, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      for (Piece piece = flight.take(); piece.bytes().length > 0; piece = flight.take()) {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, piece.due() - System.nanoTime()));
        out.write(piece.bytes());
      }
      to.shutdownOutput();
    } catch (IOException | InterruptedException lost) {
      close(from);
      close(to);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "delay-relay");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      // nothing is left to close
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}

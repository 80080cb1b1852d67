package dev.belay.core.transport.ssh;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A socket whose bytes something else carries: another SSH connection, or a program. */
final class StreamSocket extends Socket {

  private final InputStream input;
  private final OutputStream output;
  private final Runnable end;
  private final Supplier<String> remark;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Makes a socket that is connected.
   *
   * @param end lets go of what carries the bytes, so that every blocked read ends; does not wait
   * @param remark what is known of the carrier when it failed; may be empty
   */
  StreamSocket(InputStream input, OutputStream output, Runnable end, Supplier<String> remark) {
    this.input = input;
    this.output = output;
    this.end = end;
    this.remark = remark;
  }

  String remark() {
    return remark.get();
  }

  @Override
  public InputStream getInputStream() {
    return input;
  }

  @Override
  public OutputStream getOutputStream() {
    return output;
  }

  /** Tells sshj that it need not look up the name and connect. */
  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) {
    // It is connected by what carries it.
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public void setSoTimeout(int timeout) {
    // The carrier has no such limit; whoever waits keeps a deadline and closes this.
  }

  /** Takes no lock: who closes must not wait for anybody who reads. */
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public void close() {
    if (!closed.getAndSet(true)) {
      end.run();
    }
  }
}

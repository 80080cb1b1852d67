package dev.belay.core.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Sends a list of requests in one go.
 *
 * <p>A long list is sent by a thread of its own: the host stops reading while it waits for us to
 * read its answers, and we must not be waiting for it then.
 */
final class Sender implements Runnable {

  /** Characters that, even quoted, fit into any pipe or window while the shell is idle. */
  private static final int SHORT = 8 * 1024;

  private static final int FRAME = 64;

  /** What is sent at once on most links is not worth a word. */
  private static final long LONG = 256 * 1024;

  private static final long TELL_NANOS = 250_000_000;

  private final OutputStream out;
  private final String ahead;
  private final List<Request> requests;
  private final ShellWatch watch;
  private final long all;
  private long sent;
  private long told = System.nanoTime();
  private Thread thread;
  private volatile long lastSent = System.nanoTime();
  private volatile IOException failure;

  private Sender(OutputStream out, String ahead, List<Request> requests, ShellWatch watch) {
    this.out = out;
    this.ahead = ahead;
    this.requests = requests;
    this.watch = watch;
    this.all =
        ahead.length() + requests.stream().mapToLong(each -> FRAME + each.script().length()).sum();
  }

  /**
   * Sends the list, or starts a thread that does.
   *
   * @param ahead text that goes before the list
   * @param watch told how much of a long list is sent
   */
  static Sender send(OutputStream out, String ahead, List<Request> requests, ShellWatch watch) {
    Sender sender = new Sender(out, ahead, requests, watch);
    if (sender.isShort()) {
      sender.run();
    } else {
      sender.thread = new Thread(sender, "belay-stdin");
      sender.thread.setDaemon(true);
      sender.thread.start();
    }
    return sender;
  }

  /** Returns when the last bytes went out, as {@link System#nanoTime()}. */
  long lastSent() {
    return lastSent;
  }

  /** Returns why sending failed, if it did. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Stops sending; a sender that waits for the host's window holds locks that closing needs. */
  void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public void run() {
    try {
      write(ahead);
      write(ShellText.listStart());
      for (Request request : requests) {
        write(ShellText.frame(request));
      }
      out.flush();
      lastSent = System.nanoTime();
      if (all >= LONG) {
        watch.sent(all, all);
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < bytes.length; at += SHORT) {
      out.write(bytes, at, Math.min(SHORT, bytes.length - at));
      lastSent = System.nanoTime();
      sent += Math.min(SHORT, bytes.length - at);
      tell();
    }
  }

  private void tell() {
    if (all >= LONG && lastSent - told >= TELL_NANOS) {
      told = lastSent;
      watch.sent(Math.min(sent, all), all);
    }
  }

  private boolean isShort() {
    return all <= SHORT;
  }
}

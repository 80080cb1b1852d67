package dev.belay.core.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Reads the resident shell's standard error on a thread of its own.
 *
 * <p>Both outputs of a remote command share one window, so an unread error stream would hold up
 * standard output.
 */
final class ErrorStream {

  /** How much of one request's standard error is kept: its end. */
  static final int LIMIT = 256 * 1024;

  private static final long LAST_WORDS_MILLIS = 2_000;

  private final MarkedInput in;
  private final BlockingQueue<Optional<String>> parts = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::read, "belay-stderr");

  private ErrorStream(InputStream in, String word) {
    this.in = new MarkedInput(in, word, LIMIT, MarkedInput.Overflow.KEEP_TAIL);
  }

  /** Starts reading. */
  static ErrorStream start(InputStream in, String word) {
    ErrorStream stream = new ErrorStream(in, word);
    stream.thread.setDaemon(true);
    stream.thread.start();
    return stream;
  }

  /**
   * Returns the text of the next request, without trailing newlines.
   *
   * @throws IOException when the stream ended before that
   */
  String next() throws IOException, InterruptedException {
    Optional<String> part = parts.take();
    return part.orElseThrow(() -> new EOFException("standard error ended"));
  }

  /** Returns what came after the last mark; waits a little for the stream to end. */
  String lastWords() throws InterruptedException {
    thread.join(LAST_WORDS_MILLIS);
    return text(in.rest());
  }

  private void read() {
    try {
      while (true) {
        parts.add(Optional.of(text(in.next().bytes())));
      }
    } catch (IOException e) {
      // Why it ended is told by standard output, which ends at the same time.
      parts.add(Optional.empty());
    }
  }

  private static String text(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == '\n') {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}

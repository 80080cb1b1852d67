package dev.belay.core.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts one stream of the resident shell into the parts between marks.
 *
 * <p>A mark is a newline, a random word that no output can hold by chance, a blank, an exit status
 * and a newline. What stands before it is handed over byte for byte.
 */
final class MarkedInput {

  /** Bytes up to a mark, and the status in the mark. */
  record Part(byte[] bytes, int status) {}

  /** What is done with a part that grows over the limit. */
  enum Overflow {
    FAIL,
    KEEP_TAIL
  }

  /** A part grew over the limit. */
  static final class TooLongException extends IOException {
    TooLongException(int limit) {
      super("more than " + limit / (1024 * 1024) + " MiB of output");
    }
  }

  private static final int FIRST_SIZE = 16 * 1024;

  private final InputStream in;
  private final byte[] mark;
  private final int limit;
  private final Overflow overflow;
  private byte[] buffer = new byte[FIRST_SIZE];
  private int from;
  private int scanned;
  private int end;

  MarkedInput(InputStream in, String word, int limit, Overflow overflow) {
    this.in = in;
    this.mark = ("\n" + word + " ").getBytes(StandardCharsets.US_ASCII);
    this.limit = limit;
    this.overflow = overflow;
  }

  /**
   * Reads the next part.
   *
   * @throws EOFException when the stream ends before the next mark; {@link #rest} has what came
   * @throws IOException when reading fails, or a part grows over the limit
   */
  Part next() throws IOException {
    while (true) {
      int at = find();
      int newline = at < 0 ? -1 : newline(at + mark.length);
      if (newline >= 0) {
        return cut(at, newline);
      }
      scanned = at >= 0 ? at : Math.max(from, end - mark.length + 1);
      fill();
    }
  }

  /** Returns what came after the last mark. */
  synchronized byte[] rest() {
    return Arrays.copyOfRange(buffer, from, end);
  }

  private synchronized Part cut(int at, int newline) {
    int number = at + mark.length;
    String status = new String(buffer, number, newline - number, StandardCharsets.US_ASCII);
    Part part = new Part(Arrays.copyOfRange(buffer, from, at), Integer.parseInt(status));
    from = newline + 1;
    scanned = from;
    return part;
  }

  private int find() {
    for (int i = scanned; i <= end - mark.length; i++) {
      if (buffer[i] == '\n' && Arrays.equals(buffer, i, i + mark.length, mark, 0, mark.length)) {
        return i;
      }
    }
    return -1;
  }

  private int newline(int start) {
    for (int i = start; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void fill() throws IOException {
    makeRoom();
    int count = in.read(buffer, end, buffer.length - end);
    if (count < 0) {
      throw new EOFException();
    }
    synchronized (this) {
      end += count;
    }
  }

  private synchronized void makeRoom() throws IOException {
    if (end < buffer.length) {
      return;
    }
    if (end - from >= limit) {
      dropHead();
    }
    byte[] target = end - from > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
    System.arraycopy(buffer, from, target, 0, end - from);
    scanned -= from;
    end -= from;
    from = 0;
    buffer = target;
  }

  private void dropHead() throws IOException {
    if (overflow == Overflow.FAIL) {
      throw new TooLongException(limit);
    }
    from += limit / 2;
    scanned = Math.max(from, scanned);
  }
}

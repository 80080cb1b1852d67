package dev.belay.core.builtin.log;

import java.io.IOException;
import java.io.InputStream;

/** Cuts a stream into lines, in memory that does not grow with the stream. Not thread-safe. */
public final class LineStream {

  /**
   * Lines of more bytes are passed over. An audit event holds at most a request and a response, of
   * which etcd takes 1.5 MB each by default.
   */
  public static final int LINE_LIMIT = 8 << 20;

  private static final int FIRST_SIZE = 1 << 16;

  private final InputStream in;
  private byte[] buffer = new byte[FIRST_SIZE];
  private int from;
  private int end;
  private boolean passing;

  /** Makes a reader of the stream, which it does not close. */
  public LineStream(InputStream in) {
    this.in = in;
  }

  /** Hands all lines over; an empty last line is none. */
  public void read(LogAnswer.LineReader reader) throws IOException {
    int scanned = 0;
    while (fill()) {
      int at = from + scanned;
      for (; at < end; at++) {
        if (buffer[at] == '\n') {
          hand(reader, at, true);
          from = at + 1;
        }
      }
      scanned = end - from;
      if (scanned >= LINE_LIMIT) {
        passing = true;
        from = end;
        scanned = 0;
      }
    }
    if (end > from || passing) {
      hand(reader, end, false);
    }
  }

  private void hand(LogAnswer.LineReader reader, int to, boolean ended) {
    if (passing) {
      reader.tooLong();
      passing = false;
    } else {
      reader.line(buffer, from, to - from, ended);
    }
  }

  private boolean fill() throws IOException {
    if (end == buffer.length) {
      byte[] target = from < end - from ? new byte[buffer.length * 2] : buffer;
      System.arraycopy(buffer, from, target, 0, end - from);
      buffer = target;
      end -= from;
      from = 0;
    }
    int count = in.read(buffer, end, buffer.length - end);
    if (count > 0) {
      end += count;
    }
    return count >= 0;
  }
}

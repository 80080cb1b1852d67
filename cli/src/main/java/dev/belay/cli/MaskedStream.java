package dev.belay.cli;

import dev.belay.core.remote.KnownSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Passes text on line by line, with a mask in place of each known secret. */
final class MaskedStream extends OutputStream {

  private final PrintStream to;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private MaskedStream(PrintStream to) {
    this.to = to;
  }

  /** Returns a stream over another; what it is given without a line end comes with its flush. */
  static PrintStream over(PrintStream to) {
    return new PrintStream(new MaskedStream(to), false, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int end = from + length;
    while (end > from && bytes[end - 1] != '\n') {
      end--;
    }
    line.write(bytes, from, end - from);
    if (end > from) {
      flush();
    }
    line.write(bytes, end, from + length - end);
  }

  @Override
  public void flush() throws IOException {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    to.print(KnownSecrets.masked(text));
    to.flush();
  }
}

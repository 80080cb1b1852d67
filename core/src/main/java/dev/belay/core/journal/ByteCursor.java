package dev.belay.core.journal;

import dev.belay.core.remote.Content;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads lines and counted stretches of bytes from front to back. */
final class ByteCursor {

  private final byte[] bytes;
  private int at;

  ByteCursor(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean atEnd() {
    return at >= bytes.length;
  }

  /** Returns the words of the next line. */
  String[] words() {
    int end = at;
    while (bytes[end] != '\n') {
      end++;
    }
    String line = new String(bytes, at, end - at, StandardCharsets.UTF_8);
    at = end + 1;
    return line.split(" ");
  }

  String text(String length) {
    return new String(take(length), StandardCharsets.UTF_8);
  }

  Content content(String length) {
    return Content.of(take(length));
  }

  private byte[] take(String length) {
    int count = Integer.parseInt(length);
    byte[] taken = Arrays.copyOfRange(bytes, at, at + count);
    at += count;
    return taken;
  }
}

package dev.belay.core.remote;

import java.util.Arrays;

/**
 * Bytes of a text after some way of writing them was taken back, each with the place it came from.
 * Immutable.
 */
final class TextView {

  private final byte[] bytes;
  private final int[] from;
  private final int[] to;

  private TextView(byte[] bytes, int[] from, int[] to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** Returns a text as it stands. */
  static TextView of(byte[] text) {
    int[] from = new int[text.length];
    int[] to = new int[text.length];
    for (int i = 0; i < text.length; i++) {
      from[i] = i;
      to[i] = i + 1;
    }
    return new TextView(text, from, to);
  }

  int size() {
    return bytes.length;
  }

  /** Returns the bytes themselves; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns where in the text the byte at an index begins. */
  int from(int index) {
    return from[index];
  }

  /** Returns where in the text the byte at an index ends, exclusive. */
  int to(int index) {
    return to[index];
  }

  /** Tells whether the bytes from an index on are those of a pattern. */
  boolean holds(byte[] pattern, int at) {
    return at + pattern.length <= bytes.length
        && Arrays.equals(bytes, at, at + pattern.length, pattern, 0, pattern.length);
  }

  /** Tells whether an escape may stand anywhere. */
  boolean mayHold(Escape escape) {
    for (byte one : bytes) {
      if (escape.mayBegin(one)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the view after an escape was taken back wherever it stands. */
  TextView without(Escape escape) {
    byte[] plain = new byte[bytes.length];
    int[] starts = new int[bytes.length];
    int[] ends = new int[bytes.length];
    int size = 0;
    for (int i = 0; i < bytes.length; ) {
      Escape.Read read = escape.mayBegin(bytes[i]) ? escape.read(bytes, i) : null;
      int next = i + (read == null ? 1 : read.length());
      for (int k = 0; k < (read == null ? 1 : read.meant().length); k++) {
        plain[size] = read == null ? bytes[i] : read.meant()[k];
        starts[size] = from[i];
        ends[size++] = to[next - 1];
      }
      i = next;
    }
    return new TextView(
        Arrays.copyOf(plain, size), Arrays.copyOf(starts, size), Arrays.copyOf(ends, size));
  }
}

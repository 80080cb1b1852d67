package dev.belay.core.remote;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds some secrets in texts, however they are written there, and covers them. Immutable. */
final class SecretFinder {

  private static final int FILTER = 0xFFFF;

  private final Map<Integer, List<byte[]>> formsByStart = new HashMap<>();
  private final BitSet starts = new BitSet(FILTER + 1);

  SecretFinder(Collection<String> secrets) {
    for (String secret : secrets) {
      for (byte[] form : SecretForms.of(secret)) {
        int start = start(form, 0);
        starts.set(mixed(start));
        formsByStart.computeIfAbsent(start, unused -> new ArrayList<>()).add(form);
      }
    }
  }

  private static int start(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | bytes[at + 3] & 0xFF;
  }

  private static int mixed(int start) {
    return (start ^ start >>> 15) & FILTER;
  }

  /** Tells whether there is anything to look for. */
  boolean looks() {
    return !formsByStart.isEmpty();
  }

  /** Tells whether any secret stands in the text, in UTF-8. */
  boolean finds(byte[] text) {
    return looks() && !found(text, true).isEmpty();
  }

  /** Returns the text with a mask in place of each secret; the same text where there is none. */
  String cover(String text) {
    if (!looks() || text.length() < SecretForms.SHORTEST) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    BitSet found = found(bytes, false);
    if (found.isEmpty()) {
      return text;
    }
    StringBuilder covered = new StringBuilder();
    int at = 0;
    while (at < bytes.length) {
      int begin = found.nextSetBit(at);
      int until = begin < 0 ? bytes.length : begin;
      covered.append(new String(bytes, at, until - at, StandardCharsets.UTF_8));
      if (begin >= 0) {
        covered.append(Secret.MASK);
      }
      at = begin < 0 ? bytes.length : found.nextClearBit(begin);
    }
    return covered.toString();
  }

  private BitSet found(byte[] text, boolean first) {
    BitSet found = new BitSet();
    TextView plain = TextView.of(text);
    look(plain, found, first);
    for (Escape escape : Escape.values()) {
      if (first && !found.isEmpty()) {
        return found;
      }
      if (plain.mayHold(escape)) {
        look(plain.without(escape).without(Escape.FOLDS), found, first);
      }
    }
    return found;
  }

  private void look(TextView view, BitSet found, boolean first) {
    for (int i = 0; i + SecretForms.SHORTEST <= view.size(); i++) {
      int start = start(view.bytes(), i);
      if (!starts.get(mixed(start))) {
        continue;
      }
      for (byte[] form : formsByStart.getOrDefault(start, List.of())) {
        if (view.holds(form, i)) {
          found.set(view.from(i), view.to(i + form.length - 1));
          if (first) {
            return;
          }
        }
      }
    }
  }
}

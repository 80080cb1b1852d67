package dev.belay.core.remote;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The forms in which one secret is looked for: itself, its lines, and each in base64 and
 * hexadecimal. Other ways of writing are taken back by {@link Escape} before.
 */
final class SecretForms {

  /** Shorter values would be found all over ordinary text. */
  static final int SHORTEST = 4;

  /** Of a secret of several lines, shorter ones tell too little and are too common. */
  private static final int SHORTEST_LINE = 8;

  private SecretForms() {}

  /** Returns the bytes to look for; none for a value that is too short. */
  static List<byte[]> of(String secret) {
    List<byte[]> forms = new ArrayList<>();
    for (String part : parts(secret)) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      forms.add(TextView.of(bytes).without(Escape.FOLDS).bytes());
      forms.addAll(base64(bytes));
      String hex = HexFormat.of().formatHex(bytes);
      forms.add(ascii(hex));
      forms.add(ascii(hex.toUpperCase(Locale.ROOT)));
    }
    forms.removeIf(form -> form.length < SHORTEST);
    return forms;
  }

  private static Set<String> parts(String secret) {
    Set<String> parts = new LinkedHashSet<>();
    parts.add(secret);
    parts.add(secret.strip());
    parts.removeIf(part -> part.strip().length() < SHORTEST || part.matches("[*\\s]*"));
    if (secret.strip().indexOf('\n') >= 0) {
      secret
          .lines()
          .map(String::strip)
          .filter(line -> line.length() >= SHORTEST_LINE && !line.startsWith("-----"))
          .forEach(parts::add);
    }
    return parts;
  }

  /**
   * Returns what of the base64 of any longer text depends on these bytes alone: three forms, as
   * they may begin at any place of a group of three bytes, in both alphabets.
   */
  private static List<byte[]> base64(byte[] bytes) {
    List<byte[]> forms = new ArrayList<>();
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      int begin = (before * 8 + 5) / 6;
      int end = shifted.length * 8 / 6;
      for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
        forms.add(Arrays.copyOfRange(encoder.encode(shifted), begin, end));
      }
    }
    return forms;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

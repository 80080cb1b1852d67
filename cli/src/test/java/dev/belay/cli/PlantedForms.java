package dev.belay.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The forms in which planted secrets are searched for, made here once more, so that a mistake of
 * the code under test is none of the test.
 */
final class PlantedForms {

  private final Map<String, byte[]> forms = new LinkedHashMap<>();

  /** Adds a secret by a name for messages. */
  PlantedForms plant(String name, String secret) {
    add(name, secret);
    List<String> lines = secret.lines().toList();
    if (lines.size() > 1) {
      for (int i = 1; i < lines.size() - 1; i++) {
        add(name + ", line " + (i + 1), lines.get(i));
      }
    }
    return this;
  }

  private void add(String name, String value) {
    put(name, value);
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      int from = before == 0 ? 0 : before + 1;
      int to = shifted.length * 4 / 3;
      String text = Base64.getEncoder().encodeToString(shifted).substring(from, to);
      put(name + " in base64, " + before, text);
      put(name + " in base64url, " + before, text.replace('+', '-').replace('/', '_'));
    }
    String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
    put(name + " as a form", form);
    put(name + " in a URL", form.replace("+", "%20"));
    put(name + " in a URL, lower case", lower(form.replace("+", "%20")));
    String json = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    put(name + " in JSON", json);
    put(name + " in JSON of ASCII", ascii(json));
    put(name + " quoted for a shell", value.replace("'", "'\\''"));
    put(name + " quoted for YAML", value.replace("'", "''"));
    put(name + " in XML", value.replace("&", "&amp;").replace("<", "&lt;"));
    put(name + " in hexadecimal", HexFormat.of().formatHex(bytes));
    put("the digest of " + name, sha256(value));
    put("the digest of a line with " + name, sha256(value + "\n"));
  }

  private void put(String name, String form) {
    forms.put(name, form.getBytes(StandardCharsets.UTF_8));
  }

  private static String lower(String url) {
    StringBuilder text = new StringBuilder(url);
    for (int i = text.indexOf("%"); i >= 0; i = text.indexOf("%", i + 1)) {
      text.replace(i, i + 3, text.substring(i, i + 3).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  private static String ascii(String text) {
    StringBuilder all = new StringBuilder();
    for (char c : text.toCharArray()) {
      all.append(c < 127 ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04X", (int) c));
    }
    return all.toString();
  }

  /** Returns the digest, as sha256sum prints it. */
  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** Returns the names of the forms that stand in the bytes. */
  List<String> in(byte[] bytes) {
    List<String> found = new ArrayList<>();
    forms.forEach(
        (name, form) -> {
          if (holds(bytes, form)) {
            found.add(name);
          }
        });
    return found;
  }

  /** Returns how many forms are searched for. */
  int count() {
    return forms.size();
  }

  private static boolean holds(byte[] bytes, byte[] form) {
    for (int i = 0; i + form.length <= bytes.length; i++) {
      if (bytes[i] == form[0] && Arrays.equals(bytes, i, i + form.length, form, 0, form.length)) {
        return true;
      }
    }
    return false;
  }
}

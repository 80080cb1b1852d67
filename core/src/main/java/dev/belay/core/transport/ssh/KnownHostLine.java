package dev.belay.core.transport.ssh;

import com.hierynomus.sshj.transport.verification.KnownHostMatchers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * One line of a known_hosts file: marker, host patterns, key type and key, as sshd(8) describes.
 *
 * @param marker {@code @revoked}, {@code @cert-authority} or empty
 */
record KnownHostLine(
    Path file, int number, String text, String marker, String hosts, String type, String key) {

  private static final int FIELDS = 3;

  /** Reads a line; empty for a comment, a blank line or one that makes no sense. */
  static Optional<KnownHostLine> parse(Path file, int number, String text) {
    String[] words = text.strip().split("\\s+");
    String marker = words[0].startsWith("@") ? words[0] : "";
    String[] fields = marker.isEmpty() ? words : Arrays.copyOfRange(words, 1, words.length);
    if (words[0].startsWith("#") || fields.length < FIELDS) {
      return Optional.empty();
    }
    return Optional.of(
        new KnownHostLine(file, number, text, marker, fields[0], fields[1], fields[2]));
  }

  /** Tells whether the line speaks of a host, named {@code host} or {@code [host]:port}. */
  boolean isAbout(String host) {
    try {
      return KnownHostMatchers.createMatcher(hosts).match(host);
    } catch (IOException e) {
      return false;
    }
  }

  boolean isRevoked() {
    return marker.equals("@revoked");
  }

  boolean isAuthority() {
    return marker.equals("@cert-authority");
  }

  /** Returns the key's fingerprint, or the reason why it has none. */
  String fingerprint() {
    try {
      return Fingerprint.of(Base64.getDecoder().decode(key));
    } catch (IllegalArgumentException e) {
      return "a key that is not base64";
    }
  }

  /** Returns where the line stands, such as {@code line 3 of /root/.ssh/known_hosts}. */
  String place() {
    return "line " + number + " of " + file;
  }
}

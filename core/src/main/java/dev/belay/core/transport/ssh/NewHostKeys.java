package dev.belay.core.transport.ssh;

import dev.belay.core.transport.sshconfig.SshSettings.HostKeys;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Notes the keys of hosts that are believed at first sight. */
final class NewHostKeys {

  /** As long as the digest, as OpenSSH makes it (hostfile.c, {@code host_hash}). */
  private static final int SALT_BYTES = 20;

  private NewHostKeys() {}

  /** Adds a line to the first of the user's files; like ssh, goes on where that cannot be done. */
  static void note(HostKeys rules, String host, String type, PublicKey key) {
    if (rules.userFiles().isEmpty()) {
      return;
    }
    try {
      add(rules, host, type, key);
    } catch (IOException e) {
      // The key was to be believed anyway; next time it is new again.
    }
  }

  /**
   * Adds a line to the first of the user's files, of which there must be one.
   *
   * @throws IOException when it cannot be written
   */
  static void add(HostKeys rules, String host, String type, PublicKey key) throws IOException {
    Path file = rules.userFiles().get(0);
    String name = rules.hashNames() ? hashed(host) : host;
    String blob = Base64.getEncoder().encodeToString(Fingerprint.blob(key));
    makeFolder(file.toAbsolutePath().getParent());
    // One write with O_APPEND, so that lines of several hosts at once do not mix.
    Files.writeString(
        file,
        lineEnd(file) + name + " " + type + " " + blob + "\n",
        StandardCharsets.US_ASCII,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Returns what is missing at the end of a file whose last line somebody left unfinished. */
  private static String lineEnd(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return "";
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      bytes.seek(bytes.length() - 1);
      return bytes.read() == '\n' ? "" : "\n";
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static String hashed(String host) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(salt, "HmacSHA1"));
      Base64.Encoder base64 = Base64.getEncoder();
      return "|1|"
          + base64.encodeToString(salt)
          + "|"
          + base64.encodeToString(mac.doFinal(host.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }
}

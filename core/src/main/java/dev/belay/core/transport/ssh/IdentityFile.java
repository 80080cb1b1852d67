package dev.belay.core.transport.ssh;

import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import dev.belay.core.transport.UnreachableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.userauth.keyprovider.FileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;

/**
 * A private key file and what can be told without its passphrase.
 *
 * @param text the file's content
 * @param openSsh whether it is in OpenSSH's own format (PROTOCOL.key), not in PEM
 * @param encrypted whether it needs a passphrase
 * @param type the key's SSH type, empty for PEM
 */
record IdentityFile(Path path, String text, boolean openSsh, boolean encrypted, String type) {

  private static final String OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----";
  private static final String MAGIC = "openssh-key-v1\0";

  /**
   * Reads a private key file.
   *
   * @throws UnreachableException when it is missing, unreadable, or no private key we can use
   */
  static IdentityFile read(String host, Path path) {
    try {
      String text = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
      return text.startsWith(OPENSSH) ? openSsh(path, text) : pem(host, path, text);
    } catch (NoSuchFileException e) {
      throw new UnreachableException(
          host + ": the private key file " + path + " does not exist",
          "Correct its name, or make a key: ssh-keygen -t ed25519 -f " + path,
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(host, path, e.toString(), e);
    }
  }

  /** What stands in the clear at the front of an OpenSSH private key. */
  private record Head(String cipher, PublicBlob key) {}

  private static IdentityFile openSsh(Path path, String text) throws IOException {
    Head head = head(text);
    return new IdentityFile(path, text, true, !head.cipher().equals("none"), head.key().type());
  }

  private static Head head(String text) throws IOException {
    int end = text.indexOf("-----END");
    String base64 = text.substring(OPENSSH.length(), end < 0 ? text.length() : end);
    Buffer.PlainBuffer head = new Buffer.PlainBuffer(Base64.getMimeDecoder().decode(base64));
    byte[] magic = new byte[MAGIC.length()];
    head.readRawBytes(magic);
    String cipher = head.readString();
    head.readString(); // name of the key derivation
    head.readStringAsBytes(); // its options
    head.readUInt32(); // number of keys, always 1
    return new Head(cipher, PublicBlob.of(head.readStringAsBytes()));
  }

  /**
   * Returns the public half of a key: of the .pub file beside it, of the file itself where that is
   * a public key, or of an OpenSSH private key, which tells it without its passphrase.
   */
  static Optional<PublicBlob> publicHalf(Path path) {
    return PublicBlob.read(Path.of(path + ".pub"))
        .or(() -> PublicBlob.read(path))
        .or(() -> ownPublicHalf(path));
  }

  private static Optional<PublicBlob> ownPublicHalf(Path path) {
    try {
      String text = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
      return text.startsWith(OPENSSH) ? Optional.of(head(text).key()) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // Whoever uses the file says what is wrong with it.
    }
  }

  private static IdentityFile pem(String host, Path path, String text) {
    if (text.startsWith("PuTTY-User-Key-File")) {
      throw unusable(host, path, "it is in PuTTY's format", null);
    }
    if (!text.startsWith("-----BEGIN ") || !text.contains("PRIVATE KEY-----")) {
      throw unusable(host, path, "it does not begin as one", null);
    }
    return new IdentityFile(path, text, false, text.contains("ENCRYPTED"), "");
  }

  boolean needsBouncyCastle() {
    return !openSsh || BouncyCastle.isNeededFor(type);
  }

  /** Returns sshj's reader for this format. */
  FileKeyProvider reader() {
    return openSsh ? new OpenSSHKeyV1KeyFile() : new PKCS8KeyFile();
  }

  UnreachableException garbage(String host, Exception cause) {
    return unusable(host, path, cause.getMessage(), cause);
  }

  UnreachableException locked(String host, boolean tried, Exception cause) {
    return new UnreachableException(
        host
            + ": the private key file "
            + path
            + (tried
                ? " does not open with the passphrase given"
                : " is encrypted, and there is no terminal to ask for its passphrase"),
        "Run on a terminal and type the passphrase, or use a key without one.",
        cause);
  }

  private static UnreachableException unusable(
      String host, Path path, String why, Exception cause) {
    return new UnreachableException(
        host + ": the file " + path + " is no private key that can be used: " + why,
        "Name an OpenSSH private key, not its .pub file; 'ssh-keygen -p -f FILE' rewrites an old one.",
        cause);
  }
}

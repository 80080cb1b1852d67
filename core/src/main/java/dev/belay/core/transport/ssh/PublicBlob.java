package dev.belay.core.transport.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;

/**
 * A public key or certificate in the wire format of RFC 4253, section 6.6.
 *
 * @param base64 its bytes
 */
record PublicBlob(String base64) {

  private static final String CERTIFICATE = "-cert-v01@openssh.com";
  private static final int FIELDS = 2;

  static PublicBlob of(byte[] bytes) {
    return new PublicBlob(Base64.getEncoder().encodeToString(bytes));
  }

  /** Reads a public key file: one line of type, base64 and comment; empty where it is none. */
  static Optional<PublicBlob> read(Path file) {
    try {
      String[] words = Files.readString(file, StandardCharsets.ISO_8859_1).strip().split("\\s+");
      if (words.length < FIELDS) {
        return Optional.empty();
      }
      PublicBlob blob = of(Base64.getDecoder().decode(words[1]));
      return Optional.of(blob).filter(b -> b.type().equals(words[0]));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // Missing, or something else: it vouches for nothing.
    }
  }

  byte[] bytes() {
    return Base64.getDecoder().decode(base64);
  }

  /** Returns the key type, such as {@code ssh-ed25519}; empty where the bytes are no key. */
  String type() {
    try {
      return new Buffer.PlainBuffer(bytes()).readString();
    } catch (Buffer.BufferException e) {
      return "";
    }
  }

  boolean isCertificate() {
    return type().endsWith(CERTIFICATE);
  }

  /** Tells whether it is RSA, whose signatures have another name than the key. */
  boolean isRsa() {
    return type().equals("ssh-rsa") || type().equals("ssh-rsa" + CERTIFICATE);
  }

  /** Returns the name of the algorithm to log in with; SHA-1 is never used for RSA. */
  String algorithm() {
    return isRsa() ? type().replace("ssh-rsa", "rsa-sha2-512") : type();
  }

  /**
   * Returns the key that a certificate certifies; empty where it cannot be read.
   *
   * <p>A certificate has a nonce and then the fields of the key (PROTOCOL.certkeys).
   */
  Optional<PublicBlob> certified() {
    String plain = type().replace(CERTIFICATE, "").replaceFirst("^sk-.*", "$0@openssh.com");
    Buffer.PlainBuffer in = new Buffer.PlainBuffer(bytes());
    Buffer.PlainBuffer out = new Buffer.PlainBuffer().putString(plain);
    try {
      in.readString();
      in.readStringAsBytes();
      for (int field = fields(plain); field > 0; field--) {
        out.putBytes(in.readStringAsBytes());
      }
      return Optional.of(of(out.getCompactData()));
    } catch (Buffer.BufferException e) {
      return Optional.empty();
    }
  }

  private static int fields(String type) {
    if (type.startsWith("sk-")) {
      return type.contains("ecdsa") ? 3 : 2;
    }
    return type.equals("ssh-ed25519") ? 1 : 2;
  }

  String fingerprint() {
    return type() + " " + Fingerprint.of(bytes());
  }
}

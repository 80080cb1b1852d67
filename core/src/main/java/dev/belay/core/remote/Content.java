package dev.belay.core.remote;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The bytes of a file, with the mark whether they may be shown. Immutable; bytes in which a known
 * {@link Secret} stands count as marked, since what surrounds it, such as the secret it replaces,
 * is known to nobody.
 */
public final class Content {

  private final byte[] bytes;
  private final boolean secret;

  /** What has found no secret here; it needs not look again. */
  private volatile SecretFinder foundNone;

  private Content(byte[] bytes, boolean secret) {
    this.bytes = bytes.clone();
    this.secret = secret;
  }

  /** Returns content that may be shown in diffs. */
  public static Content of(byte[] bytes) {
    return new Content(bytes, false);
  }

  /** Returns the text as UTF-8 content that may be shown in diffs. */
  public static Content of(String text) {
    return new Content(text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Returns the secret as UTF-8 content that is never shown. */
  public static Content of(Secret secret) {
    return new Content(secret.reveal().getBytes(StandardCharsets.UTF_8), true);
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns the number of bytes. */
  public int size() {
    return bytes.length;
  }

  /** Tells whether the bytes must not be shown: they are marked, or hold a known secret. */
  public boolean secret() {
    if (secret) {
      return true;
    }
    SecretFinder finder = KnownSecrets.finder();
    if (foundNone == finder) {
      return false;
    }
    if (finder.finds(bytes)) {
      return true;
    }
    foundNone = finder;
    return false;
  }

  /** Returns the same bytes, never to be shown. */
  public Content asSecret() {
    return new Content(bytes, true);
  }

  /** Returns the bytes as text, or empty when they are not UTF-8 or hold a NUL. */
  public Optional<String> text() {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  /** Returns the SHA-256 digest in lower-case hex, as {@code sha256sum} prints it. */
  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java runtime has SHA-256", missing);
    }
  }

  /** Returns the bytes in base64, on one line. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Compares bytes only: a secret equals the same bytes read back from a host. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Content content && Arrays.equals(content.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Returns the size, never the bytes; of what is secret not even that. */
  @Override
  public String toString() {
    return secret() ? "secret content" : "content, " + bytes.length + " bytes";
  }
}

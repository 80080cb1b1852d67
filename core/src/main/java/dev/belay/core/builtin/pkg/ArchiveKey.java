package dev.belay.core.builtin.pkg;

import dev.belay.core.remote.Content;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A public OpenPGP key with which a repository is signed, armored or binary.
 *
 * <p>It is checked as far as its form goes, so that a saved error page, a private key or a key cut
 * off while copying is refused before any host is touched. Whose key it is nobody can check here.
 *
 * @param content the bytes of the key file
 */
public record ArchiveKey(Content content) implements Signing {

  private static final String BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
  private static final String END = "-----END PGP PUBLIC KEY BLOCK-----";

  /** Checks the form of the key. */
  public ArchiveKey {
    Optional<String> text = content.text();
    if (text.isPresent() && text.get().contains("PRIVATE KEY BLOCK")) {
      throw refused("it is a private key; give the public one, `gpg --armor --export`");
    }
    byte[] packets =
        text.isPresent() && text.get().contains(BEGIN) ? dearmored(text.get()) : content.bytes();
    if (packets.length == 0 || !isPublicKey(packets[0] & 0xff)) {
      throw refused(
          "it does not begin as a public OpenPGP key does; download it again, or export it by `gpg"
              + " --export`");
    }
  }

  /** Tells whether it is text; apt knows it by the end of the file's name. */
  public boolean armored() {
    return content.text().map(text -> text.contains(BEGIN)).orElse(false);
  }

  /** Returns {@code asc} or {@code gpg}, as apt wants the file's name to end. */
  String suffix() {
    return armored() ? "asc" : "gpg";
  }

  /** The tag of a public key packet is 6, in the new or the old format: RFC 9580, 4.2. */
  private static boolean isPublicKey(int first) {
    return first == 0xc6 || (first & 0xfc) == 0x98;
  }

  private static byte[] dearmored(String text) {
    String block = text.replace("\r", "");
    int start = block.indexOf(BEGIN);
    int end = block.indexOf(END, start);
    int body = block.indexOf("\n\n", start);
    if (end < 0 || body < 0 || body > end) {
      throw refused("the armor is cut off: it needs a blank line and \"" + END + "\"");
    }
    StringBuilder base64 = new StringBuilder();
    for (String line : block.substring(body, end).split("\n")) {
      if (line.startsWith("=")) {
        return checked(decoded(base64), decoded(new StringBuilder(line.strip().substring(1))));
      }
      base64.append(line.strip());
    }
    return decoded(base64);
  }

  private static byte[] decoded(StringBuilder base64) {
    try {
      return Base64.getDecoder().decode(base64.toString());
    } catch (IllegalArgumentException broken) {
      throw refused("the armor is damaged: " + broken.getMessage().toLowerCase(Locale.ROOT));
    }
  }

  private static byte[] checked(byte[] packets, byte[] wanted) {
    int sum = crc24(packets);
    boolean same =
        wanted.length == 3
            && (wanted[0] & 0xff) == sum >> 16
            && (wanted[1] & 0xff) == (sum >> 8 & 0xff)
            && (wanted[2] & 0xff) == (sum & 0xff);
    if (!same) {
      throw refused("the armor's checksum does not fit: something is missing or changed");
    }
    return packets;
  }

  /** The checksum of RFC 4880, 6.1. */
  private static int crc24(byte[] bytes) {
    int crc = 0xb704ce;
    for (byte next : bytes) {
      crc ^= (next & 0xff) << 16;
      for (int bit = 0; bit < 8; bit++) {
        crc <<= 1;
        if ((crc & 0x1000000) != 0) {
          crc ^= 0x1864cfb;
        }
      }
    }
    return crc & 0xffffff;
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("not the key of a repository: " + why);
  }
}

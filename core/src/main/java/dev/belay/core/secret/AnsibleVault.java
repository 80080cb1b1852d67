package dev.belay.core.secret;

import dev.belay.core.remote.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads what {@code ansible-vault encrypt} and {@code encrypt_string} write: versions 1.1 and 1.2,
 * AES-256 in counter mode with an HMAC of SHA-256, keys by PBKDF2. Writes nothing. A label of
 * version 1.2 is not needed: every password is tried. Source: ansible/ansible
 * lib/ansible/parsing/vault/__init__.py ({@code VaultAES256}).
 */
public final class AnsibleVault {

  private static final String SIGN = "$ANSIBLE_VAULT;";
  private static final int ROUNDS = 10_000;
  private static final int KEY = 32;
  private static final int BLOCK = 16;

  private AnsibleVault() {}

  /** Tells whether a text is one of Ansible Vault. */
  public static boolean isVault(byte[] text) {
    byte[] sign = SIGN.getBytes(StandardCharsets.US_ASCII);
    return text.length >= sign.length && Arrays.equals(text, 0, sign.length, sign, 0, sign.length);
  }

  /**
   * Decrypts.
   *
   * @param text the whole text from its header on; blanks around its lines do not matter
   * @throws VaultRefusedException when it is none, damaged, or no password fits
   */
  public static byte[] decrypt(String text, VaultKeys keys) {
    if (keys.passwords().isEmpty()) {
      throw new VaultRefusedException(
          "this is encrypted with Ansible Vault, and no password is given",
          "add --vault-password-file FILE or --ask-vault-pass (-J), or set"
              + " ANSIBLE_VAULT_PASSWORD_FILE");
    }
    Sealed sealed = Sealed.of(text);
    return keys.passwords().stream()
        .map(sealed::open)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () ->
                new VaultRefusedException(
                    keys.passwords().size() == 1
                        ? "the password of Ansible Vault does not fit"
                        : "none of the " + keys.passwords().size() + " vault passwords fits",
                    "give the one it was encrypted with; ansible-vault view tells whether it is"));
  }

  /**
   * The parts of a text.
   *
   * @param salt what the keys are made with
   * @param mac over the encrypted bytes
   * @param encrypted the encrypted bytes, padded to whole blocks
   */
  private record Sealed(byte[] salt, byte[] mac, byte[] encrypted) {

    static Sealed of(String text) {
      String[] lines = text.strip().split("\\s*\\R\\s*");
      String[] head = lines[0].strip().split(";");
      boolean known = head.length >= 3 && (head[1].equals("1.1") || head[1].equals("1.2"));
      if (!known || !(head[0] + ";").equals(SIGN) || !head[2].equals("AES256")) {
        throw new VaultRefusedException(
            "this is no text of Ansible Vault 1.1 or 1.2 with AES256",
            "encrypt it anew: ansible-vault rekey FILE");
      }
      try {
        HexFormat hex = HexFormat.of();
        String body = String.join("", Arrays.asList(lines).subList(1, lines.length));
        String[] parts = new String(hex.parseHex(body), StandardCharsets.US_ASCII).split("\n", 3);
        return new Sealed(hex.parseHex(parts[0]), hex.parseHex(parts[1]), hex.parseHex(parts[2]));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException cut) {
        throw damaged();
      }
    }

    /** Returns what it holds, or empty when the password is another. */
    Optional<byte[]> open(Secret password) {
      try {
        byte[] keys = derived(password);
        Mac check = Mac.getInstance("HmacSHA256");
        check.init(new SecretKeySpec(keys, KEY, KEY, "HmacSHA256"));
        if (!MessageDigest.isEqual(check.doFinal(encrypted), mac)) {
          return Optional.empty();
        }
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(
            Cipher.DECRYPT_MODE,
            new SecretKeySpec(keys, 0, KEY, "AES"),
            new IvParameterSpec(keys, 2 * KEY, BLOCK));
        return Optional.of(unpadded(cipher.doFinal(encrypted)));
      } catch (GeneralSecurityException missing) {
        throw new IllegalStateException("every Java runtime has AES, HMAC and PBKDF2", missing);
      }
    }

    private byte[] derived(Secret password) throws GeneralSecurityException {
      if (salt.length == 0) {
        throw damaged();
      }
      PBEKeySpec spec =
          new PBEKeySpec(password.reveal().toCharArray(), salt, ROUNDS, 8 * (2 * KEY + BLOCK));
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    }

    private static byte[] unpadded(byte[] padded) {
      int pad = padded.length == 0 ? 0 : padded[padded.length - 1];
      if (pad < 1 || pad > BLOCK || pad > padded.length) {
        throw damaged();
      }
      return Arrays.copyOf(padded, padded.length - pad);
    }

    private static VaultRefusedException damaged() {
      return new VaultRefusedException(
          "this text of Ansible Vault is damaged", "restore it from where it is kept");
    }
  }
}

package dev.belay.testkit.host;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * A throwaway ed25519 key pair and its two OpenSSH text forms. Ed25519, because the JDK makes it
 * without Bouncy Castle and every OpenSSH since 6.5 accepts it.
 */
record LoginKey(KeyPair pair) {

  private static final String TYPE = "ssh-ed25519";
  private static final int KEY_LENGTH = 32;

  static LoginKey generate() {
    try {
      return new LoginKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no Ed25519", e);
    }
  }

  /** Returns {@code ssh-ed25519 BASE64}, as authorized_keys and known_hosts hold it. */
  String publicLine() throws IOException {
    return TYPE + " " + Base64.getEncoder().encodeToString(publicBlob());
  }

  /** Returns the unencrypted {@code openssh-key-v1} text (OpenSSH's PROTOCOL.key). */
  String privateText() throws IOException {
    var file = new Blob();
    file.out.write("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
    file.put("none").put("none").put("");
    file.out.writeInt(1);
    file.put(publicBlob()).put(privateBlob());
    var body = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(file.bytes());
    return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + body + "\n-----END OPENSSH PRIVATE KEY-----\n";
  }

  private byte[] publicBlob() throws IOException {
    return new Blob().put(TYPE).put(publicKey()).bytes();
  }

  private byte[] privateBlob() throws IOException {
    var seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
    var blob = new Blob();
    blob.out.writeInt(0);
    blob.out.writeInt(0);
    blob.put(TYPE).put(publicKey());
    blob.out.writeInt(2 * KEY_LENGTH);
    blob.out.write(seed);
    blob.out.write(publicKey());
    blob.put("belay throwaway key");
    for (int pad = 1; blob.out.size() % 8 != 0; pad++) {
      blob.out.writeByte(pad);
    }
    return blob.bytes();
  }

  private byte[] publicKey() {
    var encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length);
  }

  /** SSH's length-prefixed byte strings (RFC 4251, section 5). */
  private static final class Blob {
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(buffer);

    Blob put(String text) throws IOException {
      return put(text.getBytes(StandardCharsets.UTF_8));
    }

    Blob put(byte[] bytes) throws IOException {
      out.writeInt(bytes.length);
      out.write(bytes);
      return this;
    }

    byte[] bytes() throws IOException {
      out.flush();
      return buffer.toByteArray();
    }
  }
}

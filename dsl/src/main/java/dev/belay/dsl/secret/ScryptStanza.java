package dev.belay.dsl.secret;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import dev.belay.core.remote.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * Opens the file key of an age file by a passphrase. Source: C2SP.org/age, "The scrypt recipient
 * type"; like age itself it refuses a work factor above 22, with which a file could hold us up.
 */
final class ScryptStanza implements RecipientStanzaReader {

  private static final String TYPE = "scrypt";
  private static final int MOST_WORK = 22;
  private static final int SALT = 16;
  private static final int BLOCK_SIZE = 8;
  private static final int KEY = 32;

  private final Secret passphrase;

  ScryptStanza(Secret passphrase) {
    this.passphrase = passphrase;
  }

  @Override
  public FileKey getFileKey(Iterable<RecipientStanza> stanzas) throws GeneralSecurityException {
    List<RecipientStanza> all = new ArrayList<>();
    stanzas.forEach(all::add);
    if (all.size() != 1 || !all.get(0).getType().equals(TYPE)) {
      throw new GeneralSecurityException("the file is not for a passphrase");
    }
    List<String> arguments = all.get(0).getArguments();
    if (arguments.size() != 2 || !arguments.get(1).matches("[1-9]\\d?")) {
      throw new GeneralSecurityException("a stanza of scrypt has a salt and a work factor");
    }
    int work = Integer.parseInt(arguments.get(1));
    byte[] salt = Base64.getDecoder().decode(arguments.get(0));
    if (work > MOST_WORK || salt.length != SALT) {
      throw new GeneralSecurityException("the work factor or the salt is out of range");
    }
    return new FileKey(opened(key(salt, work), all.get(0).getBody()));
  }

  private byte[] key(byte[] salt, int work) {
    byte[] label = "age-encryption.org/v1/scrypt".getBytes(StandardCharsets.US_ASCII);
    byte[] labelled = ByteBuffer.allocate(label.length + SALT).put(label).put(salt).array();
    byte[] word = passphrase.reveal().getBytes(StandardCharsets.UTF_8);
    return SCrypt.generate(word, labelled, 1 << work, BLOCK_SIZE, 1, KEY);
  }

  private static byte[] opened(byte[] key, byte[] body) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(new byte[12]));
    return cipher.doFinal(body);
  }
}

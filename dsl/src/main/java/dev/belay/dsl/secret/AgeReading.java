package dev.belay.dsl.secret;

import com.exceptionfactory.jagged.DecryptingChannelFactory;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import dev.belay.core.remote.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** Decrypts age files, version 1. Source of the format: C2SP.org/age. */
final class AgeReading {

  private static final String KEY = "AGE-SECRET-KEY-1";
  private static final String ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----";

  private AgeReading() {}

  /**
   * Decrypts with the identities of a file, one a line.
   *
   * @throws GeneralSecurityException when none of them fits, or the file was altered
   */
  static byte[] withIdentities(byte[] sealed, String identities)
      throws GeneralSecurityException, IOException {
    List<RecipientStanzaReader> readers = new ArrayList<>();
    for (String line : identities.lines().map(String::strip).toList()) {
      if (line.startsWith(KEY)) {
        Secret key = Secret.of(line);
        readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(key.reveal()));
      }
    }
    if (readers.isEmpty()) {
      throw new GeneralSecurityException("no identity of the kind " + KEY);
    }
    GeneralSecurityException last = null;
    for (RecipientStanzaReader reader : readers) {
      try {
        return decrypt(sealed, reader);
      } catch (GeneralSecurityException notThis) {
        last = notThis;
      }
    }
    throw last;
  }

  /** Decrypts what {@code age --passphrase} wrote. */
  static byte[] withPassphrase(byte[] sealed, Secret passphrase)
      throws GeneralSecurityException, IOException {
    return decrypt(sealed, new ScryptStanza(passphrase));
  }

  private static byte[] decrypt(byte[] sealed, RecipientStanzaReader reader)
      throws GeneralSecurityException, IOException {
    String start = new String(sealed, 0, Math.min(200, sealed.length), StandardCharsets.US_ASCII);
    DecryptingChannelFactory factory =
        start.stripLeading().startsWith(ARMOR)
            ? new ArmoredDecryptingChannelFactory()
            : new StandardDecryptingChannelFactory();
    try (ReadableByteChannel in = Channels.newChannel(new ByteArrayInputStream(sealed));
        ReadableByteChannel plain = factory.newDecryptingChannel(in, List.of(reader));
        InputStream out = Channels.newInputStream(plain)) {
      return out.readAllBytes();
    }
  }
}

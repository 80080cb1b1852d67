package dev.belay.core.transport.ssh;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.key.KeyAlgorithms;
import dev.belay.core.remote.Secret;
import dev.belay.core.transport.UnreachableException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.signature.Signature;
import net.schmizz.sshj.userauth.keyprovider.FileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;

/** One private key, read from its file. */
record Identity(Path file, KeyProvider key, String fingerprint) {

  private static final int ATTEMPTS = 3;

  /**
   * Reads a private key, asking for its passphrase where it has one.
   *
   * @throws UnreachableException when the file is missing, not a private key, or stays locked
   */
  static Identity load(String host, Path file, Passphrases passphrases) {
    IdentityFile header = IdentityFile.read(host, file);
    if (header.needsBouncyCastle()) {
      BouncyCastle.register();
    }
    return header.encrypted() ? unlock(host, header, passphrases) : open(host, header);
  }

  private static Identity open(String host, IdentityFile file) {
    try {
      return of(file, null);
    } catch (IOException | SSHRuntimeException e) {
      throw file.garbage(host, e);
    }
  }

  private static Identity unlock(String host, IdentityFile file, Passphrases passphrases) {
    Exception last = null;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Secret> phrase = passphrases.passphrase(file.path(), attempt);
      if (phrase.isEmpty()) {
        throw file.locked(host, attempt > 1, last);
      }
      try {
        return of(file, phrase.get());
      } catch (IOException | SSHRuntimeException e) {
        last = e;
      }
    }
    throw file.locked(host, true, last);
  }

  private static Identity of(IdentityFile file, Secret passphrase) throws IOException {
    FileKeyProvider provider = file.reader();
    // Only this file counts: sshj would believe a .pub file beside it, even one of another key.
    provider.init(
        file.text(),
        null,
        passphrase == null ? null : PasswordUtils.createOneOff(passphrase.reveal().toCharArray()));
    // Both halves are read now, so that a bad file is reported as such and not as a refused login.
    KeyPair pair = new KeyPair(provider.getPublic(), provider.getPrivate());
    String type = KeyType.fromKey(pair.getPublic()).toString();
    String print = Fingerprint.of(Fingerprint.blob(pair.getPublic()));
    return new Identity(file.path(), new KeyPairWrapper(pair), type + " " + print);
  }

  /** Signs by SHA-512 where the key is RSA, and returns the signature with its name. */
  byte[] sign(byte[] what) throws IOException {
    KeyAlgorithm algorithm =
        switch (KeyType.fromKey(key.getPublic())) {
          case RSA -> KeyAlgorithms.RSASHA512().create();
          case ED25519 -> KeyAlgorithms.EdDSA25519().create();
          case ECDSA256 -> KeyAlgorithms.ECDSASHANistp256().create();
          case ECDSA384 -> KeyAlgorithms.ECDSASHANistp384().create();
          case ECDSA521 -> KeyAlgorithms.ECDSASHANistp521().create();
          default -> throw new IOException("no signatures by keys of type " + fingerprint);
        };
    Signature signature = algorithm.newSignature();
    signature.initSign(key.getPrivate());
    signature.update(what);
    return new Buffer.PlainBuffer()
        .putString(algorithm.getKeyAlgorithm())
        .putBytes(signature.encode(signature.sign()))
        .getCompactData();
  }

  /** Returns the file and the fingerprint, for messages. */
  String describe() {
    return file + " (" + fingerprint + ")";
  }
}

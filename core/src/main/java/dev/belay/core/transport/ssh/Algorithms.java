package dev.belay.core.transport.ssh;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.ChachaPolyCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.mac.Macs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.ConfigImpl;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.transport.cipher.Cipher;
import net.schmizz.sshj.transport.compression.NoneCompression;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.kex.ECDHNistP;
import net.schmizz.sshj.transport.kex.KeyExchange;
import net.schmizz.sshj.transport.random.JCERandom;
import net.schmizz.sshj.transport.random.SingletonRandomFactory;

/**
 * What we offer a server: no SHA-1, no CBC, and AES-GCM first.
 *
 * <p>sshj's own default offers MD5 and CBC, and builds every cipher once to see whether it works.
 * AES-GCM comes before ChaCha20, for a server asks for new keys after 64 GiB of it instead of 1
 * GiB, and sshj is weak at that.
 */
final class Algorithms extends ConfigImpl {

  private static final String VERSION = "Belay";

  /**
   * Makes the offer.
   *
   * @param knownTypes the key types that known_hosts has for the host; they are offered first, as a
   *     server with several keys otherwise shows one that is not known
   */
  Algorithms(List<String> knownTypes) {
    boolean all = BouncyCastle.isRegistered();
    setLoggerFactory(LoggerFactory.DEFAULT);
    setVersion(VERSION);
    setKeyExchangeFactories(keyExchanges());
    setRandomFactory(new SingletonRandomFactory(new JCERandom.Factory()));
    setCipherFactories(ciphers(all));
    setMACFactories(List.of(Macs.HMACSHA2256Etm(), Macs.HMACSHA2512Etm()));
    setCompressionFactories(List.of(new NoneCompression.Factory()));
    setKeyAlgorithms(keyAlgorithms(all, knownTypes));
    setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
  }

  private static List<Factory.Named<KeyExchange>> keyExchanges() {
    return List.of(
        new Curve25519SHA256.Factory(),
        new Curve25519SHA256.FactoryLibSsh(),
        new ECDHNistP.Factory256(),
        new ECDHNistP.Factory384(),
        new ECDHNistP.Factory521());
  }

  private static List<Factory.Named<Cipher>> ciphers(boolean all) {
    List<Factory.Named<Cipher>> ciphers = new ArrayList<>();
    ciphers.add(GcmCiphers.AES128GCM());
    ciphers.add(GcmCiphers.AES256GCM());
    if (all) {
      ciphers.add(ChachaPolyCiphers.CHACHA_POLY_OPENSSH());
    }
    ciphers.add(BlockCiphers.AES128CTR());
    ciphers.add(BlockCiphers.AES256CTR());
    return ciphers;
  }

  private static List<Factory.Named<KeyAlgorithm>> keyAlgorithms(
      boolean all, List<String> knownTypes) {
    List<Factory.Named<KeyAlgorithm>> keys = new ArrayList<>();
    keys.add(KeyAlgorithms.EdDSA25519());
    keys.add(KeyAlgorithms.EdDSA25519CertV01());
    if (all) {
      keys.add(KeyAlgorithms.ECDSASHANistp256());
      keys.add(KeyAlgorithms.ECDSASHANistp256CertV01());
      keys.add(KeyAlgorithms.ECDSASHANistp384());
      keys.add(KeyAlgorithms.ECDSASHANistp384CertV01());
      keys.add(KeyAlgorithms.ECDSASHANistp521());
      keys.add(KeyAlgorithms.ECDSASHANistp521CertV01());
    }
    keys.add(KeyAlgorithms.RSASHA512());
    keys.add(KeyAlgorithms.RSASHA256());
    keys.sort(Comparator.comparing(key -> !knownTypes.contains(keyType(key.getName()))));
    return keys;
  }

  /** Returns the type of key that an algorithm signs with, as known_hosts names it. */
  private static String keyType(String algorithm) {
    return algorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : algorithm;
  }
}

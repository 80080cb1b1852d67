package dev.belay.core.transport.ssh;

import net.schmizz.sshj.common.SecurityUtils;

/**
 * Registers Bouncy Castle only where a key or an algorithm needs it.
 *
 * <p>Its jars are signed, which costs a starting JVM about 0.3 s. The JDK alone serves ed25519 and
 * RSA keys and AES; sshj asks Bouncy Castle for ECDSA, for PEM files and for ChaCha20.
 */
final class BouncyCastle {

  private static boolean registered;

  static {
    SecurityUtils.setRegisterBouncyCastle(false);
  }

  private BouncyCastle() {}

  static synchronized boolean isRegistered() {
    return registered;
  }

  /** Registers it for this JVM, if that has not been done yet. */
  static synchronized void register() {
    if (!registered) {
      SecurityUtils.setRegisterBouncyCastle(true);
      registered = SecurityUtils.isBouncyCastleRegistered();
    }
  }

  /** Tells whether keys of an SSH key type need it. */
  static boolean isNeededFor(String keyType) {
    return keyType.startsWith("ecdsa-");
  }
}

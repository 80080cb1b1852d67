package dev.belay.offenders.cli;

import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A second user of the cryptography library. */
final class UsesBouncyCastle {
  BouncyCastleProvider provider;
}

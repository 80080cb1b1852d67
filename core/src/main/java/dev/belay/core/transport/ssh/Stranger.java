package dev.belay.core.transport.ssh;

import dev.belay.core.transport.UnreachableException;
import dev.belay.core.transport.sshconfig.HostKeyTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;

/**
 * A host about which no known_hosts file says anything, and the key that it shows.
 *
 * <p>Only where {@code StrictHostKeyChecking} is {@code ask}, OpenSSH's default, may a person
 * decide about it; Belay never asks about a key that has changed or is revoked.
 */
public final class Stranger {

  private final SshTarget target;
  private final String lookup;
  private final PublicKey key;

  Stranger(SshTarget target, String lookup, PublicKey key) {
    this.target = target;
    this.lookup = lookup;
    this.key = key;
  }

  /**
   * Tells whether a person may be asked about the target's key; connects to nothing.
   *
   * @throws UnreachableException when a known_hosts file cannot be read
   */
  public static boolean isOne(SshTarget target) {
    return target.hostKeys().trust() == HostKeyTrust.ASK
        && !target.hostKeys().userFiles().isEmpty()
        && KnownHosts.read(target).isEmpty();
  }

  /** Returns the name under which known_hosts has a target, which is the same for the same key. */
  public static String lookup(SshTarget target) {
    return KnownHosts.lookup(target);
  }

  /**
   * Connects until the host shows its key, and goes away again without logging in. A jump host is
   * logged in to.
   *
   * @param passphrases asked where a jump host wants an encrypted key
   * @return empty when the host cannot be reached, or the way to it is not trusted
   */
  public static Optional<Stranger> meet(SshTarget target, Passphrases passphrases) {
    try {
      return new Login(target, passphrases).meet();
    } catch (UnreachableException tellsItselfInTheRun) {
      return Optional.empty();
    }
  }

  /** Returns the host's name with how it is reached, {@code cp-1 (root@10.0.0.1:22)}. */
  public String place() {
    return target.place();
  }

  /** Returns type and fingerprint of its key as {@code ssh-keygen -l} prints it. */
  public String describeKey() {
    return KnownHosts.describe(key);
  }

  /** Returns the file that {@link #note} adds to. */
  public Path file() {
    return target.hostKeys().userFiles().get(0);
  }

  /**
   * Notes that the key is the host's.
   *
   * @throws IOException when the file cannot be written, or somebody has noted a key meanwhile
   */
  public void note() throws IOException {
    if (!KnownHosts.read(target).isEmpty()) {
      throw new IOException("a key of this host was noted meanwhile; run it again");
    }
    NewHostKeys.add(target.hostKeys(), lookup, KnownHosts.type(key), KnownHosts.plain(key));
  }
}

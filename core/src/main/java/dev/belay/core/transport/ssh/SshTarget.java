package dev.belay.core.transport.ssh;

import dev.belay.core.transport.sshconfig.HostKeyTrust;
import dev.belay.core.transport.sshconfig.SshSettings.HostKeys;
import dev.belay.core.transport.sshconfig.SshSettings.Keys;
import dev.belay.core.transport.sshconfig.SshSettings.Waits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where and as whom to log in.
 *
 * @param name the host's name in the inventory, for messages
 * @param address host name or address to connect to; also the name looked up in known_hosts where
 *     there is no alias
 * @param port TCP port, 1 to 65535
 * @param user login user
 * @param keys what to log in with; where no key files are named those of id_ed25519, id_ecdsa and
 *     id_rsa in {@code ~/.ssh} that exist
 * @param hostKeys how the host proves itself
 * @param way how the bytes get there
 * @param waits the longest wait for each step of connecting, and signs of life afterwards
 */
public record SshTarget(
    String name,
    String address,
    int port,
    String user,
    Keys keys,
    HostKeys hostKeys,
    SshWay way,
    Waits waits) {

  /** The port sshd listens on unless told otherwise. */
  public static final int DEFAULT_PORT = 22;

  private static final int LAST_PORT = 65_535;
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
  private static final int ALIVE_COUNT = 3;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException when a name is empty, the port is out of range, or the timeout
   *     is not positive
   */
  public SshTarget {
    Objects.requireNonNull(way, "way");
    if (name.isEmpty() || address.isEmpty() || user.isEmpty()) {
      throw new IllegalArgumentException("host name, address and user must not be empty");
    }
    if (port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException("port " + port + " of " + name + " is not 1 to 65535");
    }
    if (waits.connect().filter(time -> time.isNegative() || time.isZero()).isPresent()) {
      throw new IllegalArgumentException("connect timeout of " + name + " must be positive");
    }
  }

  /**
   * Returns a target that is reached straight, by key files alone, and only with a known host key.
   *
   * @param identities private key files, tried in this order; empty means those of id_ed25519,
   *     id_ecdsa and id_rsa in {@code ~/.ssh} that exist
   * @param knownHosts files of known host keys; empty means {@code ~/.ssh/known_hosts} and {@code
   *     /etc/ssh/ssh_known_hosts}
   * @param connectTimeout the longest wait for each step of connecting: TCP, key exchange, login
   */
  public SshTarget(
      String name,
      String address,
      int port,
      String user,
      List<Path> identities,
      List<Path> knownHosts,
      Duration connectTimeout) {
    this(
        name,
        address,
        port,
        user,
        new Keys(
            identities.isEmpty() ? Optional.empty() : Optional.of(identities),
            List.of(),
            true,
            Optional.empty()),
        new HostKeys(
            HostKeyTrust.KNOWN_ONLY,
            Optional.empty(),
            knownHosts.isEmpty() ? usualKnownHosts() : knownHosts,
            List.of(),
            false),
        SshWay.STRAIGHT,
        new Waits(Optional.of(connectTimeout), Optional.empty(), ALIVE_COUNT));
  }

  private static List<Path> usualKnownHosts() {
    return List.of(
        Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"),
        Path.of("/etc/ssh/ssh_known_hosts"));
  }

  /** Returns the named key files; empty where the usual ones are meant, or none. */
  public List<Path> identities() {
    return keys.identityFiles().orElse(List.of());
  }

  /** Returns all files of known host keys. */
  public List<Path> knownHosts() {
    return Stream.concat(hostKeys.userFiles().stream(), hostKeys.globalFiles().stream()).toList();
  }

  /** Returns the longest wait for each step of connecting, 10 s where nothing says so. */
  public Duration connectTimeout() {
    return waits.connect().orElse(USUAL_TIMEOUT);
  }

  /** Returns the name for messages, with how it is reached: {@code cp-1 (root@10.0.0.1:22)}. */
  String place() {
    return name + " (" + user + "@" + address + ":" + port + way.words() + ")";
  }

  int timeoutMillis() {
    return (int) Math.min(Integer.MAX_VALUE, connectTimeout().toMillis());
  }
}

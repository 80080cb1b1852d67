package dev.belay.core.transport.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Where and as whom to log in.
 *
 * @param name the host's name in the inventory, for messages
 * @param address host name or address to connect to; also the name looked up in known_hosts
 * @param port TCP port, 1 to 65535
 * @param user login user
 * @param identities private key files, tried in this order; empty means those of id_ed25519,
 *     id_ecdsa and id_rsa in {@code ~/.ssh} that exist
 * @param knownHosts files of known host keys; empty means {@code ~/.ssh/known_hosts} and {@code
 *     /etc/ssh/ssh_known_hosts}
 * @param connectTimeout the longest wait for each step of connecting: TCP, key exchange, login
 */
public record SshTarget(
    String name,
    String address,
    int port,
    String user,
    List<Path> identities,
    List<Path> knownHosts,
    Duration connectTimeout) {

  /** The port sshd listens on unless told otherwise. */
  public static final int DEFAULT_PORT = 22;

  private static final int LAST_PORT = 65_535;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException when a name is empty, the port is out of range, or the timeout
   *     is not positive
   */
  public SshTarget {
    identities = List.copyOf(identities);
    knownHosts = List.copyOf(knownHosts);
    Objects.requireNonNull(connectTimeout, "connectTimeout");
    if (name.isEmpty() || address.isEmpty() || user.isEmpty()) {
      throw new IllegalArgumentException("host name, address and user must not be empty");
    }
    if (port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException("port " + port + " of " + name + " is not 1 to 65535");
    }
    if (connectTimeout.isNegative() || connectTimeout.isZero()) {
      throw new IllegalArgumentException("connect timeout of " + name + " must be positive");
    }
  }

  /** Returns the name for messages, with how it is reached: {@code cp-1 (root@10.0.0.1:22)}. */
  String place() {
    return name + " (" + user + "@" + address + ":" + port + ")";
  }

  int timeoutMillis() {
    return (int) Math.min(Integer.MAX_VALUE, connectTimeout.toMillis());
  }
}

package dev.belay.testkit;

import dev.belay.core.inventory.Host;
import dev.belay.core.run.Connector;
import dev.belay.core.transport.Become;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.ssh.Passphrases;
import dev.belay.core.transport.ssh.SshConnection;
import dev.belay.core.transport.ssh.SshTarget;
import dev.belay.testkit.host.EmbeddedHost;
import dev.belay.testkit.host.LoopbackSshd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Connects to a host that a test has started, over SSH as to any other; sessions there are root
 * already, so nobody becomes another user.
 *
 * @param port on the loopback address
 * @param user whom to log in as
 * @param key private key file
 * @param knownHosts file with the host's key
 */
public record TestConnector(int port, String user, Path key, Path knownHosts) implements Connector {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Returns the connector of an embedded host. */
  public static TestConnector to(EmbeddedHost host) {
    return new TestConnector(
        host.port(), host.user(), host.privateKeyFile(), host.knownHostsFile());
  }

  /** Returns the connector of a real OpenSSH server on loopback. */
  public static TestConnector to(LoopbackSshd sshd) {
    return new TestConnector(
        sshd.port(), sshd.user(), sshd.privateKeyFile(), sshd.knownHostsFile());
  }

  @Override
  public Connection connect(Host host) {
    return SshConnection.open(
        new SshTarget(
            host.name(), "127.0.0.1", port, user, List.of(key), List.of(knownHosts), TIMEOUT),
        Passphrases.NONE);
  }

  @Override
  public Optional<Become> become(Host host, boolean root) {
    return Optional.empty();
  }
}

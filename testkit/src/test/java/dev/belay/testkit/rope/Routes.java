package dev.belay.testkit.rope;

import dev.belay.core.inventory.Host;
import dev.belay.core.run.Connector;
import dev.belay.core.transport.Become;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.ssh.Passphrases;
import dev.belay.core.transport.ssh.SshConnection;
import dev.belay.core.transport.ssh.SshTarget;
import dev.belay.testkit.TestConnector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A way of its own to each host.
 *
 * @param ways by the host's name
 */
record Routes(Map<String, Connector> ways) implements Connector {

  /** A way that may be wrong in every part. */
  static Connector to(String address, int port, String user, Path key, Path knownHosts) {
    return new Connector() {
      @Override
      public Connection connect(Host host) {
        Duration timeout = Duration.ofSeconds(3);
        return SshConnection.open(
            new SshTarget(
                host.name(), address, port, user, List.of(key), List.of(knownHosts), timeout),
            Passphrases.NONE);
      }

      @Override
      public Optional<Become> become(Host host, boolean root) {
        return Optional.empty();
      }
    };
  }

  /** The same host, where plays that do not ask for root run as another user. */
  static Connector becoming(TestConnector inner, String user) {
    return new Connector() {
      @Override
      public Connection connect(Host host) {
        return inner.connect(host);
      }

      @Override
      public Optional<Become> become(Host host, boolean root) {
        return root ? Optional.empty() : Optional.of(new Become(user, Optional.empty()));
      }
    };
  }

  @Override
  public Connection connect(Host host) {
    return ways.get(host.name()).connect(host);
  }

  @Override
  public Optional<Become> become(Host host, boolean root) {
    return ways.get(host.name()).become(host, root);
  }
}

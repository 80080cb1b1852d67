package dev.belay.lab;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.report.ConsoleLook;
import dev.belay.core.report.ConsoleReport;
import dev.belay.core.run.Connector;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunSettings;
import dev.belay.core.run.Runner;
import dev.belay.core.transport.Become;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.ssh.Passphrases;
import dev.belay.core.transport.ssh.SshConnection;
import dev.belay.core.transport.ssh.SshTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A controller of its own process that applies {@link GuardedAudit} to one host, and is broken at
 * one step of the protocol.
 */
final class BreakingController {

  /** Short: on a link that stays cut it only delays the next case. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private BreakingController() {}

  /**
   * Applies, and ends the JVM with the run's exit code.
   *
   * @param args address of the host, private key, known_hosts, way, step, link, seconds that the
   *     link is away, file for the steps
   */
  public static void main(String[] args) {
    var breaker =
        new Breaker(
            Breaker.Way.valueOf(args[3]),
            Integer.parseInt(args[4]),
            args[5],
            Duration.ofSeconds(Long.parseLong(args[6])),
            Path.of(args[7]));
    var connector =
        new BreakingConnector(new Direct(args[0], Path.of(args[1]), Path.of(args[2])), breaker);
    var settings =
        new RunSettings(true, 1, Set.of(), Set.of(), "breaking controller").patience(PATIENCE);
    Recap recap =
        new Runner(connector, new ConsoleReport(System.out, ConsoleLook.PLAIN))
            .run(GuardedAudit.playbook(), Inventory.literal("cp,"), Optional.empty(), settings);
    System.out.flush();
    System.exit(ExitCode.of(recap, false).code());
  }

  /** The way to a lab host, as the command line tool goes it. */
  private record Direct(String address, Path key, Path knownHosts) implements Connector {

    @Override
    public Connection connect(Host host) {
      return SshConnection.open(
          new SshTarget(
              host.name(),
              address,
              SshTarget.DEFAULT_PORT,
              "ops",
              List.of(key),
              List.of(knownHosts),
              Duration.ofSeconds(10)),
          Passphrases.NONE);
    }

    @Override
    public Optional<Become> become(Host host, boolean root) {
      return root ? Optional.of(Become.ROOT) : Optional.empty();
    }
  }
}

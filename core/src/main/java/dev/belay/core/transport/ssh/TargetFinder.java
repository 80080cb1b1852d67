package dev.belay.core.transport.ssh;

import dev.belay.core.transport.sshconfig.SshConfig;
import dev.belay.core.transport.sshconfig.SshConfigException;
import dev.belay.core.transport.sshconfig.SshRoute;
import dev.belay.core.transport.sshconfig.SshRoute.Hop;
import dev.belay.core.transport.sshconfig.SshSettings;
import dev.belay.core.transport.sshconfig.SshSettings.HostKeys;
import dev.belay.core.transport.sshconfig.SshSettings.Keys;
import dev.belay.core.transport.sshconfig.SshSettings.Waits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes targets of what inventory and command line say and, where they say nothing, of ssh_config.
 *
 * <p>As with OpenSSH, a jump host is looked up in the configuration for itself and inherits nothing
 * of the target's user, port and keys. Reads the configuration's files; connects to nothing.
 * Thread-safe.
 *
 * @param config the configuration
 * @param knownHosts known_hosts file that replaces those of the configuration, also for jump hosts
 * @param timeout longest wait while connecting that replaces the configuration's, also for jump
 *     hosts
 */
public record TargetFinder(
    SshConfig config, Optional<Path> knownHosts, Optional<Duration> timeout) {

  private static final int MAX_HOPS = 8;

  /**
   * What is known of a host without ssh_config.
   *
   * @param name the host's name in messages
   * @param address what would be given to ssh, and is looked up in the configuration
   * @param user whom to log in as
   * @param port TCP port
   * @param identities key files, tried before those of the configuration
   * @param lines further settings, as lines of a configuration, which win over it
   */
  public record Wanted(
      String name,
      String address,
      Optional<String> user,
      OptionalInt port,
      List<Path> identities,
      List<String> lines) {

    /** Copies the lists. */
    public Wanted {
      identities = List.copyOf(identities);
      lines = List.copyOf(lines);
    }

    /** Returns a wish without further settings. */
    public Wanted(
        String name,
        String address,
        Optional<String> user,
        OptionalInt port,
        List<Path> identities) {
      this(name, address, user, port, identities, List.of());
    }
  }

  /**
   * Returns where and as whom to log in.
   *
   * @throws SshConfigException when the configuration makes no sense, asks for what is not done
   *     here, or leads through jump hosts in a circle
   */
  public SshTarget find(Wanted wanted) {
    return find(wanted, Optional.empty(), List.of());
  }

  /**
   * @param way the way where it is decided already
   * @param seen places passed on the way back from the target
   */
  private SshTarget find(Wanted wanted, Optional<SshWay> way, List<String> seen) {
    SshSettings settings =
        config.settingsFor(
            wanted.address(), new SshConfig.Given(wanted.user(), wanted.port(), wanted.lines()));
    String user = settings.user().orElse(config.caller().user());
    int port = settings.port().orElse(SshTarget.DEFAULT_PORT);
    List<String> path = new ArrayList<>(seen);
    path.add(user + "@" + wanted.address() + ":" + port);
    refuseCircle(path);
    return new SshTarget(
        wanted.name(),
        settings.hostName(),
        port,
        user,
        keys(settings.keys(), wanted.identities()),
        hostKeys(settings.hostKeys()),
        way.orElseGet(() -> way(wanted.name(), settings.route(), path)),
        waits(settings.waits()));
  }

  private static void refuseCircle(List<String> path) {
    String last = path.get(path.size() - 1);
    if (path.indexOf(last) < path.size() - 1 || path.size() > MAX_HOPS) {
      throw new SshConfigException(
          "ProxyJump",
          "the way leads in a circle: " + String.join(" through ", path),
          "write ProxyJump none for the jump host itself");
    }
  }

  private SshWay way(String name, SshRoute route, List<String> path) {
    if (route instanceof SshRoute.Command command) {
      return new SshWay.Program(command.line());
    }
    if (route instanceof SshRoute.Jump jump) {
      return new SshWay.Through(hop(name, jump.hops(), path));
    }
    return SshWay.STRAIGHT;
  }

  /** Returns the last hop, which has the others before it on its own way. */
  private SshTarget hop(String name, List<Hop> hops, List<String> path) {
    Hop hop = hops.get(hops.size() - 1);
    List<Hop> before = hops.subList(0, hops.size() - 1);
    Optional<SshWay> way =
        before.isEmpty()
            ? Optional.empty()
            : Optional.of(new SshWay.Through(hop(name, before, path)));
    Wanted wanted = new Wanted(hop.host(), hop.host(), hop.user(), hop.port(), List.of());
    return find(wanted, way, path);
  }

  /** Key files of the configuration that are missing are passed over, as ssh does. */
  private static Keys keys(Keys said, List<Path> wanted) {
    List<Path> files = new ArrayList<>(wanted);
    said.identityFiles().orElse(List.of()).stream()
        .filter(file -> isThere(file) && !files.contains(file))
        .forEach(files::add);
    boolean named = !wanted.isEmpty() || said.identityFiles().isPresent();
    boolean noneThere = files.isEmpty() && named;
    return new Keys(
        noneThere ? said.identityFiles() : Optional.of(files).filter(some -> named),
        said.certificateFiles().stream().filter(Files::exists).toList(),
        said.identitiesOnly(),
        said.agent());
  }

  private static boolean isThere(Path file) {
    return Files.exists(file) || Files.exists(Path.of(file + ".pub"));
  }

  private HostKeys hostKeys(HostKeys said) {
    return knownHosts
        .map(
            file ->
                new HostKeys(
                    said.trust(), said.alias(), List.of(file), List.of(), said.hashNames()))
        .orElse(said);
  }

  /** OpenSSH's zero leaves the waiting to the system; here it leaves the usual limit. */
  private Waits waits(Waits said) {
    return new Waits(
        timeout.or(() -> said.connect().filter(limit -> !limit.isZero())),
        said.aliveInterval(),
        said.aliveCount());
  }
}

package dev.belay.core.transport.sshconfig;

import dev.belay.core.transport.sshconfig.SshRoute.Hop;
import dev.belay.core.transport.sshconfig.SshSettings.HostKeys;
import dev.belay.core.transport.sshconfig.SshSettings.Keys;
import dev.belay.core.transport.sshconfig.SshSettings.Waits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Turns what has been settled into settings: tokens replaced, defaults put in. */
final class Conclusion {

  private static final int SSH_PORT = 22;
  private static final int ALIVE_COUNT = 3;

  private final SshCaller caller;
  private final Settled settled;
  private final String hostName;
  private final Tokens tokens;

  Conclusion(SshCaller caller, Settled settled, String original, String hostName) {
    this.caller = caller;
    this.settled = settled;
    this.hostName = hostName;
    this.tokens =
        Tokens.ofRoute(
            caller,
            hostName,
            original,
            alias().orElse(original),
            port().orElse(SSH_PORT),
            settled.word("user").orElse(caller.user()));
  }

  SshSettings settings() {
    refuse("canonicalizehostname", Set.of("no", "false"), "write the whole name as HostName");
    refuse("revokedhostkeys", Set.of("none"), "mark revoked keys with @revoked in known_hosts");
    refuse("knownhostscommand", Set.of("none"), "write the keys to a known_hosts file");
    refuse("proxyusefdpass", Set.of("no", "false"), "use a ProxyCommand that copies the bytes");
    refuse(
        "pubkeyauthentication",
        Set.of("yes", "true", "unbound", "host-bound"),
        "allow it for this host: logging in is by key only");
    return new SshSettings(
        hostName, settled.word("user"), port(), keys(), hostKeys(), route(), waits());
  }

  private void refuse(String keyword, Set<String> harmless, String advice) {
    settled
        .first(keyword)
        .filter(line -> !harmless.contains(line.words().get(0).toLowerCase(Locale.ROOT)))
        .ifPresent(
            line -> {
              throw line.wrong(
                  keyword + " " + line.words().get(0) + " is not supported here", advice);
            });
  }

  private OptionalInt port() {
    return settled
        .first("port")
        .map(line -> OptionalInt.of(Values.port(line)))
        .orElse(OptionalInt.empty());
  }

  private Optional<String> alias() {
    return settled.word("hostkeyalias").map(alias -> alias.toLowerCase(Locale.ROOT));
  }

  private Keys keys() {
    List<ConfigLine> named = settled.all("identityfile");
    return new Keys(
        named.isEmpty() ? Optional.empty() : Optional.of(paths(named)),
        paths(settled.all("certificatefile")),
        flag("identitiesonly"),
        agent());
  }

  private boolean flag(String keyword) {
    return settled.first(keyword).map(Values::flag).orElse(false);
  }

  private Optional<Path> agent() {
    Optional<ConfigLine> line = settled.first("identityagent");
    String socket = line.map(ConfigLine::word).orElse("SSH_AUTH_SOCK");
    if (line.isPresent() && Settled.isNone(line.get())) {
      return Optional.empty();
    }
    if (socket.equals("SSH_AUTH_SOCK")) {
      return variable("SSH_AUTH_SOCK");
    }
    if (socket.startsWith("$") && !socket.startsWith("${")) {
      return variable(socket.substring(1));
    }
    return Optional.of(Path.of(tokens.forFiles().path(line.orElseThrow(), socket)));
  }

  private Optional<Path> variable(String name) {
    return Optional.ofNullable(caller.environment().get(name))
        .filter(value -> !value.isEmpty())
        .map(Path::of);
  }

  private List<Path> paths(List<ConfigLine> lines) {
    List<Path> paths = new ArrayList<>();
    for (ConfigLine line : lines) {
      if (!Settled.isNone(line)) {
        paths.add(Path.of(tokens.forFiles().path(line, line.word())));
      }
    }
    return paths;
  }

  private HostKeys hostKeys() {
    return new HostKeys(
        settled.first("stricthostkeychecking").map(Values::trust).orElse(HostKeyTrust.ASK),
        alias(),
        files("userknownhostsfile", caller.home() + "/.ssh/known_hosts", true),
        files("globalknownhostsfile", "/etc/ssh/ssh_known_hosts", false),
        flag("hashknownhosts"));
  }

  /** The system's files take the tilde only; the user's take tokens as well. */
  private List<Path> files(String keyword, String usual, boolean expanded) {
    Optional<ConfigLine> named = settled.first(keyword);
    if (named.isEmpty()) {
      return Stream.of(usual, usual + "2").map(Path::of).toList();
    }
    ConfigLine line = named.get();
    if (Settled.isNone(line)) {
      return List.of();
    }
    return line.words().stream()
        .map(
            word ->
                expanded ? tokens.forFiles().path(line, word) : Tokens.tilde(line, caller, word))
        .map(Path::of)
        .toList();
  }

  private SshRoute route() {
    Optional<ConfigLine> jump = settled.first("proxyjump").filter(line -> !Settled.isNone(line));
    if (jump.isPresent()) {
      return new SshRoute.Jump(
          Jumps.read(jump.get()).stream().map(hop -> expanded(jump.get(), hop)).toList());
    }
    return settled
        .first("proxycommand")
        .filter(line -> !Settled.isNone(line))
        .map(this::command)
        .orElseGet(SshRoute.Direct::new);
  }

  private Hop expanded(ConfigLine line, Hop hop) {
    return new Hop(
        tokens.percent(line, hop.host()),
        hop.user().map(user -> tokens.percent(line, user)),
        hop.port());
  }

  /** The command is a whole line for the shell, so its quotes and number signs stay. */
  private SshRoute command(ConfigLine line) {
    String text = line.rest().replaceFirst("^[ \\t=]+", "").stripTrailing();
    return new SshRoute.Command(tokens.percent(line, text));
  }

  private Waits waits() {
    return new Waits(
        settled.first("connecttimeout").flatMap(Values::time),
        settled.first("serveraliveinterval").flatMap(Values::time),
        settled.first("serveralivecountmax").map(Values::count).orElse(ALIVE_COUNT));
  }
}

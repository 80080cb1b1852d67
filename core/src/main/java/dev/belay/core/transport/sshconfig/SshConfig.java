package dev.belay.core.transport.sshconfig;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * OpenSSH's client configuration.
 *
 * <p>As OpenSSH has it: the first value wins; Host lines with {@code *}, {@code ?} and {@code !};
 * Match with all, final, host, originalhost, user and localuser; Include. Refused by name, and only
 * where it would count for the host: Match exec, CanonicalizeHostname, RevokedHostKeys,
 * KnownHostsCommand, ProxyUseFdpass, PubkeyAuthentication no. Keywords that only tune OpenSSH
 * itself (ciphers, forwarding, multiplexing) are read over, and their values are not checked.
 *
 * <p>Thread-safe where its files are. Source: ssh_config(5) and readconf.c of OpenSSH 9.2.
 */
public final class SshConfig {

  private static final String COMMAND_LINE = "the command line or inventory";

  private final ConfigFiles files;
  private final SshCaller caller;
  private final List<Source> sources;

  /**
   * One file to read.
   *
   * @param path absolute
   * @param own whether relative Include paths start at {@code ~/.ssh} instead of {@code /etc/ssh}
   * @param checked whether nobody else may write it
   * @param required whether it is an error when it is missing
   */
  record Source(String path, boolean own, boolean checked, boolean required) {}

  private SshConfig(ConfigFiles files, SshCaller caller, List<Source> sources) {
    this.files = files;
    this.caller = caller;
    this.sources = List.copyOf(sources);
  }

  /** Returns the user's and the system's configuration, either of which may be missing. */
  public static SshConfig usual(ConfigFiles files, SshCaller caller) {
    return new SshConfig(
        files,
        caller,
        List.of(
            new Source(caller.home() + "/.ssh/config", true, true, false),
            new Source("/etc/ssh/ssh_config", false, false, false)));
  }

  /**
   * Returns one file alone, as {@code ssh -F} does.
   *
   * @param path absolute path, or {@code none} for no configuration at all
   */
  public static SshConfig of(ConfigFiles files, SshCaller caller, String path) {
    List<Source> source =
        path.equals("none") ? List.of() : List.of(new Source(path, true, false, true));
    return new SshConfig(files, caller, source);
  }

  /** Returns who connects. */
  public SshCaller caller() {
    return caller;
  }

  /**
   * What is decided before the configuration is asked; it wins, in this order.
   *
   * @param user whom to log in as
   * @param port TCP port
   * @param lines further settings as lines of a configuration, such as {@code ProxyJump=bastion}
   */
  public record Given(Optional<String> user, OptionalInt port, List<String> lines) {

    /** Copies the list. */
    public Given {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Returns what holds for a host.
   *
   * @param host the name as it would be given to ssh
   * @throws SshConfigException when ssh would refuse the configuration, or it asks for something
   *     that is not done here
   */
  public SshSettings settingsFor(String host, Given given) {
    Settled settled = new Settled();
    given.user().ifPresent(name -> settled.add(given("user", name)));
    given.port().ifPresent(number -> settled.add(given("port", String.valueOf(number))));
    Pass first = new Pass(files, caller, settled, host, host, false);
    given
        .lines()
        .forEach(
            line ->
                ConfigLine.read(COMMAND_LINE, line).ifPresent(read -> first.setting(read, true)));
    sources.forEach(first::read);
    String name = hostName(settled, host);
    if (first.wantsLast()) {
      Pass last = new Pass(files, caller, settled, name, host, true);
      sources.forEach(last::read);
    }
    return new Conclusion(caller, settled, host, name).settings();
  }

  private static ConfigLine given(String keyword, String value) {
    return new ConfigLine(COMMAND_LINE, keyword, value, List.of(value));
  }

  private String hostName(Settled settled, String host) {
    String name =
        settled
            .first("hostname")
            .map(line -> Tokens.ofHostName(caller, host).percent(line, line.word()))
            .orElse(host);
    // An IPv6 address with a zone is left as it is.
    return name.contains("%") ? name : name.toLowerCase(Locale.ROOT);
  }
}

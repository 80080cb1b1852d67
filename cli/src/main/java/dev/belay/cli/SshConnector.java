package dev.belay.cli;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.IdentityFile;
import dev.belay.core.remote.Secret;
import dev.belay.core.run.Connector;
import dev.belay.core.transport.Become;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.UnreachableException;
import dev.belay.core.transport.local.LocalConnection;
import dev.belay.core.transport.ssh.Passphrases;
import dev.belay.core.transport.ssh.SshConnection;
import dev.belay.core.transport.ssh.SshTarget;
import dev.belay.core.transport.ssh.TargetFinder;
import dev.belay.core.transport.sshconfig.DiskConfigFiles;
import dev.belay.core.transport.sshconfig.SshArguments;
import dev.belay.core.transport.sshconfig.SshCaller;
import dev.belay.core.transport.sshconfig.SshConfig;
import dev.belay.core.transport.sshconfig.SshConfigException;
import dev.belay.dsl.secret.PasswordFile;
import dev.belay.dsl.secret.SecretUnreadableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reaches hosts as inventory, options and ssh_config say; the first of them that says something
 * wins, as with Ansible.
 *
 * @param options the command line
 * @param finder what ssh_config says
 * @param becomePassword what was typed for {@code -K}, or stands in the file for it
 * @param passphrases asked where a private key is encrypted
 */
record SshConnector(
    Invocation options,
    TargetFinder finder,
    Optional<Secret> becomePassword,
    Passphrases passphrases)
    implements Connector {

  /** Holds the password for becoming another user, where no option says anything. */
  private static final String PASSWORD_VARIABLE = "BELAY_BECOME_PASSWORD";

  /**
   * Checks that the files named by options are there and asks for the password.
   *
   * @throws ComplaintException when one is missing or nobody can be asked
   */
  static SshConnector of(Invocation options, Terminal terminal) {
    options.privateKeys().forEach(file -> require(file, "private key", "--private-key"));
    options.knownHosts().ifPresent(file -> require(file, "known_hosts", "--known-hosts"));
    Optional<Secret> password =
        options.has(Flag.ASK_BECOME_PASS)
            ? Optional.of(ask(terminal, options))
            : kept(options, System.getenv(PASSWORD_VARIABLE));
    return new SshConnector(
        options, finder(options), password, new RememberedPassphrases(terminal));
  }

  /**
   * Returns the password that a file or the environment holds.
   *
   * @param variable value of {@link #PASSWORD_VARIABLE}, or null
   */
  static Optional<Secret> kept(Invocation options, String variable) {
    try {
      return options
          .become()
          .passwordFile()
          .map(file -> PasswordFile.read("the become password file", file))
          .or(() -> Optional.ofNullable(variable).filter(v -> !v.isEmpty()).map(Secret::of));
    } catch (SecretUnreadableException unreadable) {
      throw ComplaintException.usage(
          "the password for becoming another user cannot be read",
          "a file with a password, or a program that prints one",
          unreadable.got(),
          unreadable.advice(),
          unreadable);
    }
  }

  private static TargetFinder finder(Invocation options) {
    SshCaller caller = DiskConfigFiles.callerOfProcess();
    DiskConfigFiles files = new DiskConfigFiles(caller.uid());
    SshConfig config =
        options
            .sshConfig()
            .map(file -> SshConfig.of(files, caller, absolute(file)))
            .orElseGet(() -> SshConfig.usual(files, caller));
    return new TargetFinder(
        config,
        options.knownHosts().map(file -> new IdentityFile(file).path()),
        Optional.of(options.timeout()).filter(time -> options.has(Flag.TIMEOUT)));
  }

  private static String absolute(String file) {
    if (file.equals("none")) {
      return file;
    }
    require(file, "ssh configuration", "--ssh-config");
    return new IdentityFile(file).path().toAbsolutePath().toString();
  }

  @Override
  public Connection connect(Host host) {
    if (host.isLocal()) {
      return LocalConnection.open(host.name());
    }
    try {
      return SshConnection.open(target(host), passphrases);
    } catch (SshConfigException wrong) {
      throw new UnreachableException(
          host.name() + ": " + wrong.getMessage(), wrong.advice(), wrong);
    }
  }

  @Override
  public Optional<Become> become(Host host, boolean root) {
    if (!host.become().isEnabled(root || options.has(Flag.BECOME))) {
      return Optional.empty();
    }
    return Optional.of(
        new Become(
            host.become().user().or(options.become()::user).orElse("root"),
            host.become().password().or(() -> becomePassword),
            host.become().method().orElse(options.become().method())));
  }

  /**
   * Returns where and as whom to log in.
   *
   * @throws SshConfigException when ssh_config makes no sense for the host
   */
  SshTarget target(Host host) {
    List<String> given = options.privateKeys();
    List<Path> keys =
        host.identityFiles().isEmpty()
            ? given.stream().map(file -> new IdentityFile(file).path()).toList()
            : host.identityFiles().stream().map(IdentityFile::path).toList();
    return finder.find(
        new TargetFinder.Wanted(
            host.name(),
            host.address(),
            host.user().or(options::user),
            host.port(),
            keys,
            SshArguments.lines("the inventory's arguments for ssh", host.sshArguments())));
  }

  private static void require(String file, String kind, String option) {
    if (file.isBlank() || !Files.isRegularFile(new IdentityFile(file).path())) {
      throw ComplaintException.usage(
          "no " + kind + " file " + file,
          "the file named with " + option,
          "no such file",
          "correct the path");
    }
  }

  private static Secret ask(Terminal terminal, Invocation options) {
    String program = options.become().method().word();
    return terminal
        .askSecret("Password of " + program + " on the hosts: ")
        .orElseThrow(
            () ->
                ComplaintException.refused(
                    "nobody can be asked for the password of " + program,
                    "a terminal, for -K",
                    "input or output that is a pipe or a file",
                    "run it at a terminal, use --become-password-file, or let sudo ask for none"));
  }
}

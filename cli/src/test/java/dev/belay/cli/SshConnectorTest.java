package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.InventoryYaml;
import dev.belay.core.remote.BecomeMethod;
import dev.belay.core.remote.Secret;
import dev.belay.core.transport.Become;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.UnreachableException;
import dev.belay.core.transport.local.LocalConnection;
import dev.belay.core.transport.ssh.SshTarget;
import dev.belay.core.transport.ssh.SshWay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshConnectorTest {

  private static final String HOSTS =
      """
      all:
        hosts:
          bare:
          told:
            ansible_host: 10.0.0.7
            ansible_port: 2200
            ansible_user: ops
            ansible_ssh_private_key_file: ~/.ssh/told
            ansible_become: false
          becoming:
            ansible_become: true
            ansible_become_user: app
            ansible_become_password: kept-in-the-inventory
      """;

  @TempDir Path directory;

  @Test
  void takesOptionsWhereTheInventorySaysNothing() throws IOException {
    Path key = Files.writeString(directory.resolve("key"), "");
    Path known = Files.writeString(directory.resolve("known"), "");
    SshConnector connector =
        connector(
            "check",
            "-u",
            "jo",
            "--private-key",
            key.toString(),
            "--known-hosts",
            known.toString(),
            "-T",
            "3");
    SshTarget target = connector.target(host("bare"));
    assertThat(target.address()).isEqualTo("bare");
    assertThat(target.port()).isEqualTo(22);
    assertThat(target.user()).isEqualTo("jo");
    assertThat(target.identities()).containsExactly(key);
    assertThat(target.knownHosts()).containsExactly(known);
    assertThat(target.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void letsTheInventoryWinAsAnsibleDoes() throws IOException {
    Path key = Files.writeString(directory.resolve("key"), "");
    SshTarget target =
        connector("check", "-u", "jo", "--private-key", key.toString()).target(host("told"));
    assertThat(target.address()).isEqualTo("10.0.0.7");
    assertThat(target.port()).isEqualTo(2200);
    assertThat(target.user()).isEqualTo("ops");
    assertThat(target.identities())
        .containsExactly(Path.of(System.getProperty("user.home"), ".ssh/told"));
  }

  @Test
  void asksTheSshConfigurationWhereNobodyElseSaysAnything() throws IOException {
    Path known = Files.writeString(directory.resolve("known"), "");
    Path config =
        Files.writeString(
            directory.resolve("config"),
            """
            Host bare 10.0.0.7
              HostName 10.9.9.9
              User configured
              Port 2022
              ConnectTimeout 7
              ProxyJump bastion
            """);
    SshTarget bare = connector("check", "--ssh-config", config.toString()).target(host("bare"));
    assertThat(place(bare)).isEqualTo("bare (configured@10.9.9.9:2022 through bastion)");
    assertThat(bare.connectTimeout()).isEqualTo(Duration.ofSeconds(7));
    SshConnector told =
        connector(
            "check", "--ssh-config=" + config, "--known-hosts=" + known, "-u", "jo", "-T", "3");
    assertThat(place(told.target(host("told"))))
        .isEqualTo("told (ops@10.9.9.9:2200 through bastion)");
    assertThat(told.target(host("bare")).user()).isEqualTo("jo");
    assertThat(told.target(host("bare")).connectTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(told.target(host("bare")).way())
        .isInstanceOfSatisfying(
            SshWay.Through.class,
            through -> assertThat(through.hop().knownHosts()).containsExactly(known));
  }

  @Test
  void tellsAMistakeInTheSshConfigurationWithItsPlace() throws IOException {
    Path config = Files.writeString(directory.resolve("config"), "Port many\n");
    SshConnector connector = connector("check", "--ssh-config", config.toString());
    assertThatThrownBy(() -> connector.connect(host("bare")))
        .isInstanceOf(UnreachableException.class)
        .hasMessage("bare: " + config + ", line 1: \"many\" is no port");
  }

  @Test
  void logsInAsTheUserOfThisMachineWhereNobodyIsNamed() {
    assertThat(connector("check").target(host("bare")).user())
        .isEqualTo(System.getProperty("user.name"));
  }

  @Test
  void takesTheInventorysArgumentsForSsh() {
    Host host =
        InventoryYaml.read(
                ("all: {hosts: {h: {ansible_user: ops, ansible_ssh_common_args: '-J me@bastion',"
                        + " ansible_ssh_extra_args: '-o Port=2200 -o User=no'}}}")
                    .getBytes(StandardCharsets.UTF_8),
                "hosts.yaml")
            .host("h")
            .orElseThrow();
    assertThat(place(connector("check", "--ssh-config", "none").target(host)))
        .isEqualTo("h (ops@h:2200 through bastion)");
  }

  @Test
  void reachesThisMachineWithoutSsh() {
    Host here =
        InventoryYaml.read(
                "all: {hosts: {here: {ansible_connection: local}}}"
                    .getBytes(StandardCharsets.UTF_8),
                "hosts.yaml")
            .host("here")
            .orElseThrow();
    try (Connection connection = connector("check").connect(here)) {
      assertThat(connection).isInstanceOf(LocalConnection.class);
    }
  }

  @Test
  void becomesRootWhereThePlayOrTheOptionAsks() {
    assertThat(connector("check").become(host("bare"), false)).isEmpty();
    assertThat(connector("check").become(host("bare"), true)).contains(Become.ROOT);
    assertThat(connector("check", "-b").become(host("bare"), false)).contains(Become.ROOT);
    assertThat(connector("check", "-b").become(host("told"), true)).isEmpty();
  }

  @Test
  void usesTheTypedPasswordWhereTheInventoryHasNone() {
    Invocation options = CommandLineReader.read("check", "-K", "-b");
    SshConnector connector = SshConnector.of(options, new Typist("typed-at-the-terminal"));
    assertThat(connector.become(host("bare"), false))
        .contains(new Become("root", Optional.of(Secret.of("typed-at-the-terminal"))));
    assertThat(connector.become(host("becoming"), false))
        .contains(new Become("app", Optional.of(Secret.of("kept-in-the-inventory"))));
    assertThat(connector.toString()).doesNotContain("typed-at-the-terminal");
  }

  @Test
  void readsThePasswordFromAFileOrAProgramAndBecomesBySu() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "kept safe\n");
    SshConnector told =
        connector(
            "check",
            "-b",
            "--become-method=su",
            "--become-user",
            "app",
            "--become-password-file",
            file.toString());
    assertThat(told.become(host("bare"), false))
        .contains(new Become("app", Optional.of(Secret.of("kept safe")), BecomeMethod.SU));
    Path program = Files.writeString(directory.resolve("ask"), "#!/bin/sh\necho printed\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(
            connector("check", "-b", "--become-password-file", program.toString())
                .become(host("bare"), false))
        .contains(new Become("root", Optional.of(Secret.of("printed"))));
    assertThat(SshConnector.kept(CommandLineReader.read("check"), "from outside"))
        .contains(Secret.of("from outside"));
    assertThat(SshConnector.kept(CommandLineReader.read("check"), null)).isEmpty();
    assertThatThrownBy(() -> connector("check", "--become-password-file", "/none"))
        .hasMessage("the password for becoming another user cannot be read")
        .hasRootCauseMessage("/none");
    assertThatThrownBy(() -> connector("check", "--become-method", "doas"))
        .hasMessageContaining("--become-method is sudo or su");
  }

  @Test
  void refusesFilesThatAreNotThere() {
    assertThatThrownBy(() -> connector("check", "--private-key", "/none/key"))
        .hasMessage("no private key file /none/key");
    assertThatThrownBy(() -> connector("check", "--ssh-config", "/none/config"))
        .hasMessage("no ssh configuration file /none/config");
    assertThatThrownBy(() -> connector("check", "--known-hosts", "/none/known"))
        .hasMessage("no known_hosts file /none/known");
  }

  @Test
  void asksForAPassphraseOnceForAllHostsAndAgainWhenItWasWrong() {
    Typist typist = new Typist("one", "two");
    RememberedPassphrases passphrases = new RememberedPassphrases(typist);
    Path key = Path.of("/k");
    assertThat(passphrases.passphrase(key, 1)).contains(Secret.of("one"));
    assertThat(passphrases.passphrase(key, 1)).contains(Secret.of("one"));
    assertThat(passphrases.passphrase(key, 2)).contains(Secret.of("two"));
    assertThat(passphrases.passphrase(key, 1)).contains(Secret.of("two"));
    assertThat(typist.asked)
        .containsExactly("Passphrase of /k: ", "Passphrase of /k (the last one was wrong): ");
  }

  private static String place(SshTarget target) {
    return target.name()
        + " ("
        + target.user()
        + "@"
        + target.address()
        + ":"
        + target.port()
        + target.way().words()
        + ")";
  }

  private static Host host(String name) {
    return InventoryYaml.read(HOSTS.getBytes(StandardCharsets.UTF_8), "hosts.yaml")
        .host(name)
        .orElseThrow();
  }

  private static SshConnector connector(String... args) {
    return SshConnector.of(CommandLineReader.read(args), Terminal.NONE);
  }
}

package dev.belay.core.transport.sshconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ssh -G} does not show, and how mistakes are told. */
class SshConfigTest {

  private final Map<String, String> disk = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  private List<String> given = List.of();

  private SshSettings ask(String host) {
    SshCaller caller = new SshCaller("joe", "/home/joe", 1000, "desk.example.com", environment);
    ConfigFiles files =
        new ConfigFiles() {
          @Override
          public Optional<String> read(String path, boolean own) {
            return Optional.ofNullable(disk.get(path));
          }

          @Override
          public List<String> matching(String glob) {
            return disk.containsKey(glob) ? List.of(glob) : List.of();
          }
        };
    return SshConfig.usual(files, caller)
        .settingsFor(host, new SshConfig.Given(Optional.empty(), OptionalInt.empty(), given));
  }

  private SshSettings own(String text) {
    disk.put("/home/joe/.ssh/config", text);
    return ask("cp-1");
  }

  @Test
  void asksTheUsersFileBeforeTheSystems() {
    disk.put("/etc/ssh/ssh_config", "Port 1\nUser system\nInclude more\n");
    disk.put("/etc/ssh/more", "HostKeyAlias more");
    SshSettings settings = own("Port 2\nInclude mine");
    assertThat(settings.port()).hasValue(2);
    assertThat(settings.user()).contains("system");
    assertThat(settings.hostKeys().alias()).contains("more");
  }

  @Test
  void replacesTokensAndVariablesInKeyFiles() {
    environment.put("KEYS", "/k%h");
    SshSettings settings =
        own("HostName %h.lan\nUser ann\nPort 7\nIdentityFile ${KEYS}/%h_%n_%p_%r_%u_%i_%L_%%\n");
    assertThat(settings.keys().identityFiles().orElseThrow())
        .containsExactly(Path.of("/k%h/cp-1.lan_cp-1_7_ann_joe_1000_desk_%"));
  }

  @Test
  void findsTheAgentInTheEnvironmentUnlessToldOtherwise() {
    environment.put("SSH_AUTH_SOCK", "/run/agent");
    environment.put("OTHER", "/run/other");
    assertThat(own("").keys().agent()).contains(Path.of("/run/agent"));
    assertThat(own("IdentityAgent none").keys().agent()).isEmpty();
    assertThat(own("IdentityAgent $OTHER").keys().agent()).contains(Path.of("/run/other"));
    assertThat(own("IdentityAgent ~/a").keys().agent()).contains(Path.of("/home/joe/a"));
  }

  @Test
  void tellsNoKeysFromTheUsualKeys() {
    assertThat(own("").keys().identityFiles()).isEmpty();
    assertThat(own("IdentityFile none").keys().identityFiles()).contains(List.of());
  }

  @Test
  void namesFileAndLineOfAMistake() {
    assertThatThrownBy(() -> own("# fine\nProt 22"))
        .isInstanceOf(SshConfigException.class)
        .hasMessage(
            "/home/joe/.ssh/config, line 2: there is no keyword prot; did you mean \"port\"?");
  }

  @Test
  void refusesAVariableThatIsNotThere() {
    assertThatThrownBy(() -> own("IdentityFile ${NOPE}/x"))
        .hasMessageContaining("the environment has no NOPE");
  }

  @Test
  void readsTheHopsOfAJump() {
    assertThat(own("ProxyJump ann@a:2,[::1]:3,b").route())
        .isEqualTo(
            new SshRoute.Jump(
                List.of(
                    new SshRoute.Hop("a", Optional.of("ann"), OptionalInt.of(2)),
                    new SshRoute.Hop("::1", Optional.empty(), OptionalInt.of(3)),
                    new SshRoute.Hop("b", Optional.empty(), OptionalInt.empty()))));
  }

  @Test
  void letsArgumentsOfSshWin() {
    given =
        SshArguments.lines("x", "-C -o 'ProxyCommand=ssh -W %h:%p \"b c\"' -oUser=ann -p 7 -qv");
    SshSettings settings = own("User config\nPort 9\nProxyJump b\n");
    assertThat(settings.user()).contains("ann");
    assertThat(settings.port()).hasValue(7);
    assertThat(settings.route()).isEqualTo(new SshRoute.Command("ssh -W cp-1:7 \"b c\""));
    given = SshArguments.lines("x", "-J ann@bastion");
    assertThat(own("").route()).isInstanceOf(SshRoute.Jump.class);
  }

  @Test
  void refusesArgumentsOfSshThatNoConfigurationHas() {
    for (String wrong : List.of("-L 80:a:80", "bastion", "-o", "-F x", "-J {{ x }}", "-o 'a")) {
      assertThatThrownBy(() -> SshArguments.lines("h1", wrong))
          .as(wrong)
          .isInstanceOf(SshConfigException.class)
          .hasMessageStartingWith("h1: ");
    }
  }

  @Test
  void refusesAFileThatOthersMayChange(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("config"), "Port 9\n");
    long uid = (Integer) Files.getAttribute(file, "unix:uid");
    DiskConfigFiles files = new DiskConfigFiles(uid);
    assertThat(files.read(file.toString(), true)).contains("Port 9\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThatThrownBy(() -> files.read(file.toString(), true))
        .isInstanceOf(SshConfigException.class)
        .hasMessageContaining("others may change it");
    assertThat(files.read(file.toString(), false)).contains("Port 9\n");
  }

  @Test
  void readsAnyTextOrRefusesItByName() {
    long seed = RandomGenerator.getDefault().nextLong();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<String> pieces =
        List.of(
            "Host",
            "Match",
            "Include",
            "ProxyJump",
            "IdentityFile",
            "User",
            " ",
            " ",
            "\n",
            "\n",
            "=",
            "\"",
            "'",
            "\\",
            "%",
            "%h",
            "${",
            "}",
            "!",
            "*",
            "final",
            "all",
            "host",
            "exec",
            "none",
            ",",
            "#",
            "@",
            "[",
            "]",
            ":",
            "22",
            "é",
            "\u0000",
            "~",
            "/");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(25); piece >= 0; piece--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      try {
        own(text.toString());
      } catch (SshConfigException named) {
        assertThat(named.place()).isNotEmpty();
        assertThat(named.advice()).isNotEmpty();
      } catch (RuntimeException unclear) {
        throw new AssertionError("seed " + seed + ": " + text, unclear);
      }
    }
  }
}

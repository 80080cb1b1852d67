package dev.belay.core.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.core.transport.Request;
import dev.belay.core.transport.Shell;
import dev.belay.core.transport.UnreachableException;
import dev.belay.core.transport.sshconfig.DiskConfigFiles;
import dev.belay.core.transport.sshconfig.SshCaller;
import dev.belay.core.transport.sshconfig.SshConfig;
import dev.belay.core.transport.sshconfig.SshConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ways to a host that ssh_config describes, gone with real servers as hops and target. */
@Timeout(120)
class TargetFinderTest {

  @TempDir static Path folder;
  private static final List<LoopbackSshd> SERVERS = new ArrayList<>();
  private static Path key;
  private static Path known;

  @BeforeAll
  static void start() throws Exception {
    key = LoopbackSshd.key(folder, "id_ed25519", "ed25519", "");
    StringBuilder lines = new StringBuilder();
    for (String name : List.of("target", "hop", "outer", "shut")) {
      Path own = Files.createDirectory(folder.resolve(name));
      String forwarding = "AllowTcpForwarding " + (name.equals("shut") ? "no" : "yes");
      LoopbackSshd sshd = LoopbackSshd.start(own, List.of("ed25519"), forwarding);
      sshd.authorize(key);
      SERVERS.add(sshd);
      lines.append(sshd.knownHostsLine("ed25519"));
    }
    known = Files.writeString(folder.resolve("known_hosts"), lines);
  }

  @AfterAll
  static void stop() {
    SERVERS.forEach(LoopbackSshd::close);
  }

  private static LoopbackSshd server(String name) {
    return SERVERS.get(List.of("target", "hop", "outer", "shut").indexOf(name));
  }

  /** Returns a configuration with the servers under their names, behind what is given. */
  private static TargetFinder config(String text) throws IOException {
    StringBuilder all = new StringBuilder(text).append('\n');
    for (String name : List.of("target", "hop", "outer", "shut")) {
      all.append("Host ").append(name).append("\n  Port ").append(server(name).port).append('\n');
    }
    all.append("Host *\n  HostName 127.0.0.1\n  ConnectTimeout 20\n  IdentitiesOnly yes\n");
    all.append("  IdentityFile ").append(key).append("\n  IdentityFile /nowhere/key\n");
    all.append("  UserKnownHostsFile /nowhere/known ").append(known).append('\n');
    Path file = Files.writeString(folder.resolve("config"), all);
    SshCaller caller = DiskConfigFiles.callerOfProcess();
    SshConfig config = SshConfig.of(new DiskConfigFiles(caller.uid()), caller, file.toString());
    return new TargetFinder(config, Optional.empty(), Optional.empty());
  }

  private static SshTarget target(String config, String name) throws IOException {
    return config(config)
        .find(
            new TargetFinder.Wanted(name, name, Optional.empty(), OptionalInt.empty(), List.of()));
  }

  private static String ask(SshTarget target) {
    StringBuilder said = new StringBuilder();
    try (SshConnection connection = SshConnection.open(target, Passphrases.NONE);
        Shell shell = connection.shell(Optional.empty(), "")) {
      shell.exchange(
          List.of(Request.always("head -c 3000000 /dev/zero | wc -c", Duration.ofSeconds(20))),
          (reply, i) -> said.append(reply.text().strip()));
    }
    return said.toString();
  }

  private static UnreachableException refusal(SshTarget target) {
    UnreachableException refusal =
        catchThrowableOfType(UnreachableException.class, () -> ask(target));
    assertThat(refusal).as("refused").isNotNull();
    return refusal;
  }

  @Test
  void logsInThroughAJumpHost() throws Exception {
    SshTarget target = target("Host target\n  ProxyJump hop\n", "target");
    int before = logins("hop");
    assertThat(ask(target)).isEqualTo("3000000");
    assertThat(logins("hop")).as("logins at the hop").isEqualTo(before + 1);
    assertThat(target.place()).endsWith(" through hop)");
  }

  private static int logins(String name) throws IOException {
    return server(name).log().split("Accepted publickey", -1).length - 1;
  }

  @Test
  void logsInThroughNestedJumpHosts() throws Exception {
    int before = logins("outer") + logins("hop");
    SshTarget nested = target("Host target\n ProxyJump hop\nHost hop\n ProxyJump outer", "target");
    assertThat(ask(nested)).isEqualTo("3000000");
    SshTarget listed = target("Host target\n ProxyJump outer,hop\n", "target");
    assertThat(ask(listed)).isEqualTo("3000000");
    assertThat(logins("outer") + logins("hop")).isEqualTo(before + 4);
  }

  @Test
  void goesStraightWhereTheJumpIsNone() throws Exception {
    SshTarget target = target("Host target\n ProxyJump none\nHost *\n ProxyJump hop\n", "target");
    assertThat(target.way()).isEqualTo(SshWay.STRAIGHT);
  }

  @Test
  void checksTheKeyOfTheJumpHost() throws Exception {
    String strange = "Host target\n ProxyJump hop\nHost hop\n UserKnownHostsFile /nowhere\n";
    assertThat(refusal(target(strange, "target")))
        .hasMessageStartingWith("hop (")
        .hasMessageContaining("the host key is not known");
  }

  @Test
  void checksTheKeyOfTheTargetBehindAJumpHost() throws Exception {
    String strange = "Host target\n ProxyJump hop\n UserKnownHostsFile /nowhere\n";
    assertThat(refusal(target(strange, "target")))
        .hasMessageStartingWith("target (")
        .hasMessageContaining("the host key is not known");
  }

  @Test
  void saysWhenAJumpHostForwardsNothing() throws Exception {
    assertThat(refusal(target("Host target\n ProxyJump shut\n", "target")))
        .hasMessageContaining("the jump host shut opens no connection to it");
  }

  @Test
  void saysWhenNobodyListensBehindAJumpHost() throws Exception {
    String nobody = "Host target\n ProxyJump hop\n Port " + LoopbackSshd.freePort() + "\n";
    assertThat(refusal(target(nobody, "target")))
        .hasMessageContaining("the jump host hop opens no connection to it");
  }

  @Test
  void refusesAWayInACircle() {
    assertThatThrownBy(() -> target("Host *\n ProxyJump hop\n", "target"))
        .isInstanceOf(SshConfigException.class)
        .hasMessageContaining("the way leads in a circle");
  }

  @Test
  void logsInByAProxyCommand() throws Exception {
    String relay =
        "Host target\n  ProxyCommand ssh -F none -i %s -o UserKnownHostsFile=%s -p %d -W %%h:%%p"
            + " 127.0.0.1\n";
    SshTarget target = target(relay.formatted(key, known, server("hop").port), "target");
    int before = logins("hop");
    assertThat(ask(target)).isEqualTo("3000000");
    assertThat(logins("hop")).isEqualTo(before + 1);
  }

  @Test
  void tellsWhatAFailingProxyCommandSaid() throws Exception {
    String fails = "Host target\n  ProxyCommand sh -c 'echo no relay for %h >&2; exit 3'\n";
    assertThat(refusal(target(fails, "target")))
        .hasMessageContaining("the ProxyCommand failed: no relay for 127.0.0.1");
  }

  @Test
  void waitsNoLongerForAProxyCommandThanForAServer() throws Exception {
    String silent = "Host target\n  ConnectTimeout 1\n  ProxyCommand sleep 60\n";
    assertThat(refusal(target(silent, "target"))).hasMessageContaining("no answer within 1.0 s");
  }

  @Test
  void notesTheKeyOfANewHostAndRefusesAnotherOneLater() throws Exception {
    Path mine = folder.resolve("deep/mine");
    String fresh = "Host target\n StrictHostKeyChecking accept-new\n UserKnownHostsFile %s\n";
    SshTarget target = target(fresh.formatted(mine), "target");
    assertThat(ask(target)).isEqualTo("3000000");
    assertThat(Files.readString(mine)).isEqualTo(server("target").knownHostsLine("ed25519"));
    assertThat(ask(target)).isEqualTo("3000000");
    assertThat(Files.readAllLines(mine)).hasSize(1);
    String other = server("hop").knownHostsLine("ed25519");
    String moved = other.replace(":" + server("hop").port, ":" + server("target").port);
    Files.writeString(mine, moved);
    assertThat(refusal(target)).hasMessageContaining("the host key has changed");
    String any = fresh.replace("accept-new", "no").formatted(mine);
    assertThat(ask(target(any, "target"))).isEqualTo("3000000");
    assertThat(Files.readString(mine)).isEqualTo(moved);
  }

  @Test
  void hidesTheNameOfANewHostWhereAsked() throws Exception {
    Path mine = folder.resolve("hashed");
    String fresh =
        "Host target\n HashKnownHosts yes\n StrictHostKeyChecking no\n UserKnownHostsFile %s\n";
    ask(target(fresh.formatted(mine), "target"));
    assertThat(Files.readString(mine)).startsWith("|1|").doesNotContain("127.0.0.1");
    String strict = "Host target\n StrictHostKeyChecking yes\n UserKnownHostsFile %s\n";
    assertThat(ask(target(strict.formatted(mine), "target"))).isEqualTo("3000000");
    assertThat(LoopbackSshd.run("ssh-keygen", "-F", place(), "-f", mine.toString()))
        .contains("found");
  }

  private static String place() {
    return "[127.0.0.1]:" + server("target").port;
  }

  @Test
  void looksForTheAliasOfAHost() throws Exception {
    String[] words = server("target").knownHostsLine("ed25519").split(" ", 2);
    Path mine = Files.writeString(folder.resolve("aliased"), "the-alias " + words[1]);
    String aliased = "Host target\n HostKeyAlias The-Alias\n UserKnownHostsFile " + mine + "\n";
    assertThat(ask(target(aliased, "target"))).isEqualTo("3000000");
  }

  @Test
  void letsGivenValuesWin() throws Exception {
    TargetFinder finder = config("Host target\n User config\n ConnectTimeout 5\n");
    TargetFinder given =
        new TargetFinder(finder.config(), Optional.of(known), Optional.of(Duration.ofSeconds(2)));
    SshTarget target =
        given.find(
            new TargetFinder.Wanted(
                "t", "target", Optional.of("me"), OptionalInt.of(7), List.of(Path.of("/k"))));
    assertThat(target.user()).isEqualTo("me");
    assertThat(target.port()).isEqualTo(7);
    assertThat(target.identities()).containsExactly(Path.of("/k"), key);
    assertThat(target.knownHosts()).containsExactly(known);
    assertThat(target.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
  }
}

package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.Connector;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.testkit.TestConnector;
import dev.belay.testkit.host.EmbeddedHost;
import dev.belay.testkit.host.LoopbackSshd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several hosts, one of which cannot be worked on: it is told, and the other is done. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FleetTest {

  private static final Inventory BOTH = Inventory.literal("bad,good,");

  private static Scene scene;
  @TempDir private Path temp;

  @BeforeAll
  static void start() {
    scene = Scene.plain();
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  @BeforeEach
  void arrange() {
    scene.host.run("rm -rf /var/lib/belay /etc/app*");
  }

  private static Playbook playbook() {
    return Scene.playbook(new FilePresent(RemotePath.of("/etc/app")).content("x\n"));
  }

  private RunEvent.Unreachable lose(Connector bad) {
    scene.host.run("rm -f /etc/app");
    Recap recap =
        scene.run(new Routes(Map.of("bad", bad, "good", scene.direct)), true, playbook(), BOTH);
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(recap.hosts().get("good").changed()).as(scene.text()).isEqualTo(1);
    assertThat(recap.hosts().get("bad").unreachable()).isEqualTo(1);
    RunEvent.Unreachable lost = scene.unreachable();
    assertThat(lost.host()).isEqualTo("bad");
    assertThat(lost.problem().state()).isEqualTo("nothing written by this run");
    assertThat(scene.told(RunEvent.HostEnded.class)).hasSize(2);
    return lost;
  }

  private Connector way(String address, int port, Path key, Path known) {
    return Routes.to(address, port, "root", key, known);
  }

  private Connector way(int port) {
    return way("127.0.0.1", port, scene.host.privateKeyFile(), scene.host.knownHostsFile());
  }

  @Test
  void tellsOfAPortWhereNobodyListens() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(lose(way(free)).problem().got()).contains("connection refused");
  }

  @Test
  void tellsOfAPortWhereNobodyAnswers() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(lose(way(silent.getLocalPort())).problem().got()).contains("no answer within 3");
    }
  }

  @Test
  void tellsOfAHostNameThatNobodyKnows() {
    var way =
        way("no-such-host.invalid", 22, scene.host.privateKeyFile(), scene.host.knownHostsFile());
    assertThat(lose(way).problem().got()).contains("no such host name: no-such-host.invalid");
  }

  @Test
  void tellsOfAnUnknownHostKey() throws IOException {
    Path empty = Files.createFile(temp.resolve("known_hosts"));
    var way = way("127.0.0.1", scene.host.port(), scene.host.privateKeyFile(), empty);
    assertThat(lose(way).problem().toString()).containsIgnoringCase("host key").contains("SHA256:");
  }

  @Test
  void tellsOfAChangedHostKey() throws IOException {
    try (EmbeddedHost other = EmbeddedHost.start(EmbeddedHost.Options.plain())) {
      String line =
          Files.readString(other.knownHostsFile())
              .replace("]:" + other.port(), "]:" + scene.host.port());
      Path known = Files.writeString(temp.resolve("changed"), line);
      var way = way("127.0.0.1", scene.host.port(), scene.host.privateKeyFile(), known);
      assertThat(lose(way).problem().toString()).containsIgnoringCase("changed");
      var wrongKey =
          way("127.0.0.1", scene.host.port(), other.privateKeyFile(), scene.host.knownHostsFile());
      assertThat(lose(wrongKey).problem().got()).contains("permission denied");
    }
  }

  @Test
  void tellsOfASudoThatRefuses() {
    scene.host.run(
        "cp /etc/sudoers /root/sudoers; echo >/etc/sudoers; useradd -m app 2>/dev/null || :");
    try {
      var lost = lose(Routes.becoming((TestConnector) scene.direct, "app"));
      assertThat(lost.problem().got()).contains("becoming app");
      assertThat(lost.problem().advice()).contains("sudoers");
    } finally {
      scene.host.run("cp /root/sudoers /etc/sudoers");
    }
  }

  @Test
  void tellsWhatIsKnownWhenSshdIsKilledInTheMiddle() throws IOException {
    LoopbackSshd sshd = LoopbackSshd.start(scene.host);
    var way = Tapped.before(TestConnector.to(sshd), 2, sshd::close);
    Recap recap =
        scene.run(new Routes(Map.of("bad", way)), true, playbook(), Inventory.literal("bad,"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(scene.unreachable().problem().state())
        .matches("run \\S+ was about to begin; whether it did is not known");
    assertThat(scene.unreachable().problem().advice())
        .contains("belay runs bad", "belay rollback bad 2");
    scene.well(scene.apply(new FilePresent(RemotePath.of("/etc/app")).content("x\n")));
  }

  @Test
  void worksThroughManyHostsAtOnce() {
    Connector bad = way(1);
    Connector good = scene.direct;
    Inventory many = Inventory.literal("a,b,c,d,e,f,");
    Map<String, Connector> ways =
        Map.of("a", bad, "b", good, "c", bad, "d", bad, "e", bad, "f", bad);
    Recap recap = scene.run(new Routes(ways), true, playbook(), many);
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(recap.hosts().get("b").changed()).isEqualTo(1);
    assertThat(recap.hosts().values()).filteredOn(c -> c.unreachable() == 1).hasSize(5);
    assertThat(scene.told(RunEvent.HostEnded.class)).hasSize(6);
  }

  private static Play play(String name, String path) {
    return Play.of(name).tasks(new FilePresent(RemotePath.of(path)).content("x\n"));
  }

  @Test
  void goesFromUserToUserAndBackWithinOneRun() {
    scene.host.run("useradd -m app 2>/dev/null || :; rm -rf /home/app/*");
    Playbook playbook =
        new Playbook(
            "users",
            List.of(
                play("one", "/etc/app1").become(),
                play("two", "/home/app/app2"),
                play("three", "/etc/app3").become()));
    Connector way = Routes.becoming((TestConnector) scene.direct, "app");
    scene.well(scene.run(way, true, playbook));
    assertThat(scene.host.run("stat -c '%n %U' /etc/app1 /home/app/app2 /etc/app3"))
        .isEqualTo("/etc/app1 root\n/home/app/app2 app\n/etc/app3 root\n");
    assertThat(scene.states()).containsExactly("applied");
    assertThat(scene.runs().get(0).changes()).isEqualTo(2);
    scene.well(scene.rollback());
    assertThat(scene.host.run("ls /etc/app* 2>/dev/null || :")).isEmpty();
    scene.well(scene.rollback(way, true));
    assertThat(scene.host.run("ls /home/app")).isEmpty();
  }

  @Test
  void endsTheRunOfAHostAtTheFirstPlayThatFails() {
    Playbook playbook =
        new Playbook(
            "users",
            List.of(play("one", "/etc/no/such/directory").become(), play("two", "/tmp/app2")));
    scene.host.run("rm -f /tmp/app2");
    Connector way = Routes.becoming((TestConnector) scene.direct, "app");
    for (boolean apply : new boolean[] {false, true}) {
      assertThat(Scene.code(scene.run(way, apply, playbook))).isEqualTo(ExitCode.FAILED);
      scene.failed();
    }
    assertThat(scene.host.run("ls /tmp/app2 2>&1 || :")).contains("No such file");
  }
}

package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.inventory.HostPattern;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.Connector;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.Runner;
import dev.belay.core.step.HealthCondition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three hosts that are taken in batches, with and without a gate. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SerialTest {

  private static final Inventory ALL = Inventory.literal("cp1,cp2,cp3,");
  private static final HealthCondition HEALTHY =
      new HealthCondition(
          "/etc/healthy is there",
          "",
          "[ -e /etc/healthy ] || { echo it is missing >&2; exit 1; }",
          "",
          "echo looked into /etc");

  private static Map<String, Scene> scenes;

  private final Map<String, Connector> ways = new HashMap<>();

  @BeforeAll
  static void start() {
    scenes = new HashMap<>();
    Stream.of("cp1", "cp2", "cp3").forEach(name -> scenes.put(name, Scene.plain()));
  }

  @AfterAll
  static void end() {
    scenes.values().forEach(Scene::close);
  }

  @BeforeEach
  void arrange() {
    scenes.forEach(
        (name, scene) -> {
          scene.host.run("rm -rf /var/lib/belay /etc/app; touch /etc/healthy");
          ways.put(name, scene.direct);
        });
  }

  private static Play play() {
    return Play.of("app").tasks(new FilePresent(RemotePath.of("/etc/app")).content("x\n"));
  }

  private static Scene first() {
    return scenes.get("cp1");
  }

  private Recap run(boolean apply, Play play, String... limit) {
    List<RunEvent> events = first().events;
    events.clear();
    return new Runner(new Routes(ways), events::add)
        .run(
            new Playbook("serial", List.of(play)),
            ALL,
            Stream.of(limit).map(HostPattern::of).findFirst(),
            Scene.settings(apply));
  }

  private static boolean done(String host) {
    return scenes.get(host).host.run("[ ! -e /etc/app ] || echo done").equals("done\n");
  }

  private static List<String> order() {
    return first().events.stream()
        .flatMap(
            event ->
                event instanceof RunEvent.Connected begun
                    ? Stream.of("+" + begun.host())
                    : event instanceof RunEvent.HostEnded ended
                        ? Stream.of("-" + ended.host())
                        : Stream.empty())
        .toList();
  }

  private static List<String> notReached() {
    return first().told(RunEvent.NotReached.class).stream()
        .map(one -> one.host() + ": " + one.reason())
        .toList();
  }

  @Test
  void takesOneHostAfterAnotherWhileAllAreHealthy() {
    Recap recap = run(true, play().whileHealthy(HEALTHY));
    assertThat(Scene.code(recap)).as(first().text()).isEqualTo(ExitCode.OK);
    assertThat(order()).containsExactly("+cp1", "-cp1", "+cp2", "-cp2", "+cp3", "-cp3");
    assertThat(recap.hosts().values()).allMatch(counts -> counts.changed() == 1);
  }

  @Test
  void takesABatchBeforeTheNext() {
    assertThat(Scene.code(run(true, play().serial(2)))).isEqualTo(ExitCode.OK);
    assertThat(order().subList(4, 6)).containsExactly("+cp3", "-cp3");
  }

  @Test
  void beginsNothingWhileAnotherHostIsUnhealthy() {
    scenes.get("cp2").host.run("rm /etc/healthy");
    Recap recap = run(true, play().whileHealthy(HEALTHY));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.REFUSED);
    assertThat(first().failed().host()).isEqualTo("cp2");
    assertThat(first().failed().problem().toString())
        .contains("/etc/healthy is there", "it is missing", "nothing was begun on any host");
    assertThat(first().failed().diagnosis()).containsExactly("looked into /etc");
    assertThat(notReached())
        .containsExactly(
            "cp1: the run stopped: unhealthy is cp2", "cp3: the run stopped: unhealthy is cp2");
    assertThat(Stream.of("cp1", "cp2", "cp3")).noneMatch(SerialTest::done);
    assertThat(recap.hosts().get("cp3").notReached()).isEqualTo(1);
  }

  @Test
  void beginsNothingWhileAnotherHostDoesNotAnswer() {
    Scene gone = scenes.get("cp3");
    ways.put(
        "cp3",
        Routes.to("127.0.0.1", 1, "root", gone.host.privateKeyFile(), gone.host.knownHostsFile()));
    assertThat(Scene.code(run(true, play().whileHealthy(HEALTHY)))).isEqualTo(ExitCode.REFUSED);
    assertThat(first().failed().problem().got()).contains("connection refused");
    assertThat(done("cp1")).isFalse();
  }

  @Test
  void asksHostsOfThePlayThatTheLimitLeavesOut() {
    scenes.get("cp2").host.run("rm /etc/healthy");
    assertThat(Scene.code(run(true, play().whileHealthy(HEALTHY), "cp1")))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(done("cp1")).isFalse();
    assertThat(Scene.code(run(true, play().serial(1), "cp1"))).isEqualTo(ExitCode.OK);
  }

  @Test
  void stopsAtTheFirstHostThatFails() {
    scenes.get("cp2").host.run("mkdir /etc/app");
    Recap recap = run(true, play().serial(1));
    assertThat(Scene.code(recap)).as(first().text()).isEqualTo(ExitCode.FAILED);
    assertThat(done("cp1")).isTrue();
    assertThat(notReached()).containsExactly("cp3: the run ended at cp2");
    assertThat(first().text()).contains("cp3", "not-reached=1");
  }

  @Test
  void stopsAtTheFirstHostThatCannotBeReached() {
    Scene gone = scenes.get("cp1");
    ways.put(
        "cp1",
        Routes.to("127.0.0.1", 1, "root", gone.host.privateKeyFile(), gone.host.knownHostsFile()));
    assertThat(Scene.code(run(true, play().serial(1)))).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(notReached())
        .containsExactly("cp2: the run ended at cp1", "cp3: the run ended at cp1");
  }

  @Test
  void undoesAHostThatIsUnhealthyAfterItsTasks() {
    Play breaking = play().tasks(new FilePresent(RemotePath.of("/etc/healthy")).absent());
    Recap recap = run(true, breaking.whileHealthy(HEALTHY));
    assertThat(Scene.code(recap)).as(first().text()).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(first().failed().problem().got()).contains("it is missing");
    assertThat(first().undone()).containsExactly("restore /etc/healthy", "remove /etc/app again");
    assertThat(first().host.run("ls /etc/healthy")).isNotEmpty();
    assertThat(notReached())
        .containsExactly("cp2: the run ended at cp1", "cp3: the run ended at cp1");
    assertThat(first().host.run("ls /var/lib/belay")).doesNotContain("lock");
  }

  @Test
  void asksAHostAfterwardsOnlyWhereItChangedSomething() {
    scenes.get("cp1").host.run("echo x >/etc/app");
    HealthCondition counted = HealthCondition.of("it is counted", "echo asked >>/etc/asked");
    try {
      assertThat(Scene.code(run(true, play().whileHealthy(counted), "cp1"))).isEqualTo(ExitCode.OK);
      assertThat(scenes.get("cp1").host.run("cat /etc/asked 2>/dev/null || :")).isEmpty();
      assertThat(Scene.code(run(true, play().whileHealthy(counted), "cp2"))).isEqualTo(ExitCode.OK);
      assertThat(scenes.get("cp2").host.run("cat /etc/asked")).isEqualTo("asked\nasked\n");
    } finally {
      scenes.values().forEach(scene -> scene.host.run("rm -f /etc/asked"));
    }
  }

  @Test
  void stopsWhenAHostThatIsStillToComeTurnsUnhealthy() {
    HealthCondition once =
        HealthCondition.of(
            "the first question is answered well",
            "[ ! -e /etc/asked ] || { echo asked before >&2; exit 1; }; : >/etc/asked");
    try {
      Recap recap = run(true, play().whileHealthy(once), "cp1,cp2");
      assertThat(Scene.code(recap)).as(first().text()).isEqualTo(ExitCode.FAILED);
      assertThat(done("cp1")).isTrue();
      assertThat(done("cp2")).isFalse();
      assertThat(first().failed().host()).isEqualTo("cp3");
      assertThat(first().failed().problem().state()).contains("changed hosts before");
      assertThat(notReached()).containsExactly("cp2: the run stopped: unhealthy is cp3");
    } finally {
      scenes.values().forEach(scene -> scene.host.run("rm -f /etc/asked"));
    }
  }

  @Test
  void asksNothingInCheckModeAndTakesAllHosts() {
    scenes.get("cp2").host.run("rm /etc/healthy");
    Recap recap = run(false, play().whileHealthy(HEALTHY));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.OK);
    assertThat(notReached()).isEmpty();
    assertThat(first().told(RunEvent.HostEnded.class)).hasSize(3);
    assertThat(recap.hosts().values()).allMatch(counts -> counts.wouldChange() == 1);
  }
}

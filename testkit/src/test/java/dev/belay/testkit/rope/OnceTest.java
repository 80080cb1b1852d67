package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.command.Command;
import dev.belay.core.builtin.command.CommandLine;
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
import dev.belay.core.run.RunSettings;
import dev.belay.core.run.Runner;
import dev.belay.core.step.Condition;
import dev.belay.core.step.PlayItem;
import dev.belay.core.step.TaskBlock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that run once, on three hosts at once and one after another. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OnceTest {

  private static final Inventory ALL = Inventory.literal("cp1,cp2,cp3,");
  private static final List<String> OTHERS = List.of("cp2", "cp3");

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
          scene.host.run("rm -rf /var/lib/belay /etc/app; mkdir -m 755 /etc/app");
          ways.put(name, scene.direct);
        });
  }

  private static FilePresent file(String name) {
    return new FilePresent(RemotePath.of("/etc/app/" + name)).content(name + "\n");
  }

  /** Notes when it was done, after a moment. */
  private static Command at(String name, String seconds) {
    return CommandLine.of("sh", "-c", "sleep " + seconds + "; date +%s%N >/etc/app/" + name)
        .creates("/etc/app/" + name);
  }

  private static Scene told() {
    return scenes.get("cp1");
  }

  private Recap run(boolean apply, int forks, Play play, String... limit) {
    List<RunEvent> events = told().events;
    events.clear();
    return new Runner(new Routes(ways), events::add)
        .run(
            new Playbook("once", List.of(play)),
            ALL,
            Stream.of(limit).map(HostPattern::of).findFirst(),
            new RunSettings(apply, forks, Set.of(), Set.of(), "tester@here")
                .patience(Duration.ZERO));
  }

  private Recap apply(PlayItem... items) {
    return run(true, 4, Play.of("app").tasks(items));
  }

  private static String files(String host) {
    return scenes.get(host).host.run("ls /etc/app").strip().replace('\n', ' ');
  }

  private static long number(String host, String file) {
    return Long.parseLong(scenes.get(host).host.run("cat /etc/app/" + file).strip());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theOthersGoOnOnceItIsDoneOnTheFirst(int forks) {
    Play play = Play.of("app").tasks(file("before"), at("once", "1").once(), at("after", "0"));
    Recap recap = run(true, forks, play);
    told().well(recap);
    assertThat(files("cp1")).isEqualTo("after before once");
    for (String other : OTHERS) {
      assertThat(files(other)).isEqualTo("after before");
      assertThat(number("cp1", "once")).isLessThanOrEqualTo(number(other, "after"));
      assertThat(recap.hosts().get(other).skipped()).isEqualTo(1);
      assertThat(recap.hosts().get(other).changed()).isEqualTo(2);
    }
    assertThat(told().text()).contains("runs once, on cp1");
    told().well(run(true, forks, play));
    assertThat(told().told(RunEvent.HostEnded.class))
        .as("nothing is asked twice where nothing has changed")
        .extracting(RunEvent.HostEnded::roundTrips)
        .containsOnly(1);
  }

  @Test
  void onceMeansOnceForAllBatches() {
    Recap recap = run(true, 4, Play.of("app").serial(1).tasks(at("once", "0").once()));
    told().well(recap);
    assertThat(files("cp1")).isEqualTo("once");
    assertThat(OTHERS).allMatch(other -> files(other).isEmpty());
  }

  @Test
  void theLimitSaysWhichHostIsTheFirst() {
    told().well(run(true, 4, Play.of("app").tasks(file("once").once()), "cp2:cp3"));
    assertThat(Stream.of("cp1", "cp2", "cp3").map(OnceTest::files)).containsExactly("", "once", "");
  }

  @Test
  void theOthersWriteNothingMoreWhereItFails() {
    Command breaks = CommandLine.of("sh", "-c", "sleep 1; exit 3").creates("/etc/app/never");
    Recap recap = apply(file("before"), breaks.once().named("migrate"), file("after"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    for (String other : OTHERS) {
      assertThat(files(other)).isEqualTo("before");
      RunEvent.Failed failed = failed(other);
      assertThat(failed.task()).isEqualTo("migrate");
      assertThat(failed.problem().toString())
          .contains("task \"migrate\", which runs once, done on cp1")
          .contains("cp1 failed at it, or ended before it")
          .contains("1 earlier change stays (undo: belay rollback " + other);
      assertThat(scenes.get(other).states()).containsExactly("failed");
    }
  }

  private static RunEvent.Failed failed(String host) {
    return told().told(RunEvent.Failed.class).stream()
        .filter(one -> one.host().equals(host))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theOthersDoNotWaitForAHostThatCannotBeReached() {
    Scene gone = scenes.get("cp1");
    ways.put(
        "cp1",
        Routes.to("127.0.0.1", 1, "root", gone.host.privateKeyFile(), gone.host.knownHostsFile()));
    Recap recap = apply(file("once").once(), file("after"));
    assertThat(recap.hosts().get("cp1").unreachable()).isEqualTo(1);
    assertThat(failed("cp2").problem().state()).isEqualTo("nothing written by this run");
    assertThat(OTHERS).allMatch(other -> files(other).isEmpty());
  }

  @Test
  void aFailureThatIsIgnoredKeepsNobodyWaiting() {
    Command breaks = CommandLine.of("sh", "-c", "exit 3").creates("/etc/app/never");
    Recap recap = apply(breaks.ignoringErrors().once(), file("after"));
    told().well(recap);
    assertThat(recap.hosts().get("cp1").ignored()).isEqualTo(1);
    assertThat(OTHERS).allMatch(other -> files(other).equals("after"));
  }

  /** Who has waited for it cannot have what it was to do; each host mends that for itself. */
  @Test
  void aFailureThatIsRescuedIsOneForAll() {
    PlayItem breaks = CommandLine.of("sh", "-c", "exit 3").creates("/etc/app/never").once();
    Play play =
        Play.of("app")
            .tasks(TaskBlock.of(breaks, file("body")).rescue(file("rescue")), file("after"));
    Recap recap = run(true, 4, play);
    told().well(recap);
    assertThat(recap.hosts().values()).allMatch(counts -> counts.rescued() == 1);
    assertThat(Stream.of("cp1", "cp2", "cp3").map(OnceTest::files)).containsOnly("after rescue");
  }

  /** The condition is asked on the first host, as Ansible does. */
  @Test
  void whatIsSkippedOnTheFirstIsSkippedOnAll() {
    Condition never = new Condition.Exists(RemotePath.of("/nowhere"));
    Recap recap = apply(file("once").when(never).once(), file("after"));
    told().well(recap);
    assertThat(recap.hosts().values()).allMatch(counts -> counts.skipped() == 1);
    assertThat(files("cp2")).isEqualTo("after");
  }

  @Test
  void checkSaysWhatTheOthersCannotKnowAndApplyAsksThemAgain() {
    Condition seen = new Condition.Succeeds(List.of("test", "-e", "/etc/app/seen"));
    PlayItem once = at("once", "0").once();
    PlayItem last = file("last").when(seen);
    Recap check = run(false, 4, Play.of("app").tasks(once, last));
    assertThat(check.hosts().get("cp2").mayChange()).isEqualTo(1);
    assertThat(check.hosts().get("cp2").skipped()).isEqualTo(1);
    assertThat(told().text()).contains("runs once, on cp1, and may change it before");
    // What the task does reaches the second host after that has been asked for the first time.
    ways.put(
        "cp1",
        Tapped.before(
            told().direct,
            2,
            () -> {
              await("cp2", "before");
              scenes.get("cp2").host.run("touch /etc/app/seen");
            }));
    told().well(apply(file("before"), once, last));
    assertThat(files("cp1")).isEqualTo("before once");
    assertThat(files("cp2")).isEqualTo("before last seen");
    assertThat(files("cp3")).isEqualTo("before");
  }

  private static void await(String host, String task) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (told().told(RunEvent.TaskEnded.class).stream()
        .noneMatch(one -> one.host().equals(host) && one.task().contains(task))) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}

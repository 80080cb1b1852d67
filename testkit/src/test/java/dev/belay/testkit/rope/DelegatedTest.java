package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.builtin.file.FileAbsent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.plan.PlanItem;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.Connector;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunPlan;
import dev.belay.core.run.RunSettings;
import dev.belay.core.run.Runner;
import dev.belay.core.run.TaskChoice;
import dev.belay.core.run.TaskKey;
import dev.belay.core.step.Condition;
import dev.belay.core.step.Event;
import dev.belay.core.step.Handler;
import dev.belay.core.step.PlayItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two hosts that have tasks done on a third one. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DelegatedTest {

  record Who(String inventoryHostname) {}

  private static final Inventory ALL = Inventory.literal("cp1,cp2,lb1,");
  private static final List<String> BOTH = List.of("cp1", "cp2");

  private static Map<String, Scene> scenes;

  private final Map<String, Connector> ways = new HashMap<>();

  @BeforeAll
  static void start() {
    scenes = new HashMap<>();
    Stream.of("cp1", "cp2", "lb1").forEach(name -> scenes.put(name, Scene.plain()));
  }

  @AfterAll
  static void end() {
    scenes.values().forEach(Scene::close);
  }

  @BeforeEach
  void arrange() {
    scenes.forEach(
        (name, scene) -> {
          scene.host.run("rm -rf /var/lib/belay /etc/app /tmp/busy; mkdir -m 755 /etc/app");
          ways.put(name, scene.direct);
        });
  }

  private static RemotePath at(String name) {
    return RemotePath.of("/etc/app/" + name);
  }

  private static FilePresent file(String name) {
    return new FilePresent(at(name)).content(name + "\n");
  }

  private static Scene told() {
    return scenes.get("cp1");
  }

  /** The same tasks on both hosts, which may hold the host's name. */
  private static Play play(Function<String, List<PlayItem>> items) {
    return Play.of("app")
        .on("cp1,cp2")
        .with(Who.class, who -> List.copyOf(items.apply(who.inventoryHostname())));
  }

  private Recap run(boolean apply, int forks, Play... plays) {
    List<RunEvent> events = told().events;
    events.clear();
    return new Runner(new Routes(ways), events::add)
        .run(new Playbook("lb", List.of(plays)), ALL, Optional.empty(), settings(apply, forks));
  }

  private static RunSettings settings(boolean apply, int forks) {
    return new RunSettings(apply, forks, Set.of(), Set.of(), "tester@here").patience(Duration.ZERO);
  }

  private static String files(String host) {
    return scenes.get(host).host.run("ls /etc/app").strip().replace('\n', ' ');
  }

  private static Play drain() {
    return play(
        host -> List.of(file("before"), file("drain-" + host).delegatedTo("lb1"), file("after")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void isDoneThereForEachHostWithAJournalOfItsOwn(int forks) {
    Recap recap = run(true, forks, drain());
    told().well(recap);
    assertThat(files("lb1")).isEqualTo("drain-cp1 drain-cp2");
    assertThat(recap.hosts()).containsOnlyKeys("cp1", "cp2");
    for (String host : BOTH) {
      assertThat(files(host)).isEqualTo("after before");
      assertThat(recap.hosts().get(host).changed()).isEqualTo(3);
      assertThat(scenes.get(host).runs().get(0).changes()).isEqualTo(2);
    }
    assertThat(scenes.get("lb1").runs()).hasSize(1);
    assertThat(scenes.get("lb1").runs().get(0).changes()).isEqualTo(2);
    assertThat(scenes.get("lb1").newest()).isEqualTo(told().newest());
    assertThat(scenes.get("lb1").states()).containsExactly("applied");
    assertThat(told().text()).contains("file[/etc/app/drain-cp1] (on lb1)");

    Recap again = run(true, forks, drain());
    told().well(again);
    assertThat(again.hosts().values())
        .allMatch(counts -> counts.changed() == 0 && counts.ok() == 3);

    scenes.get("lb1").well(scenes.get("lb1").rollback());
    assertThat(files("lb1")).isEmpty();
    assertThat(files("cp1")).isEqualTo("after before");
  }

  @Test
  void aPlanHoldsAHostToItsOwnTasksOnly() {
    run(false, 4, drain());
    Map<String, List<PlanItem>> items = new HashMap<>();
    told()
        .told(RunEvent.Planned.class)
        .forEach(
            one -> items.computeIfAbsent(one.host(), key -> new ArrayList<>()).add(one.item()));
    assertThat(items.get("cp1"))
        .extracting(PlanItem::outcome)
        .containsExactly("would change", "may change", "would change");
    Recap recap =
        new Runner(new Routes(ways), event -> {})
            .run(
                new Playbook("lb", List.of(drain())),
                ALL,
                Optional.empty(),
                settings(true, 4).heldTo(new RunPlan(items)));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.OK);
    assertThat(files("lb1")).isEqualTo("drain-cp1 drain-cp2");
  }

  /** The names are those that a check tells, from which {@code --step} asks. */
  @Test
  void isLeftOutAndStartedAtByTheNameThatIsTold() {
    run(false, 4, drain());
    TaskKey told =
        told().told(RunEvent.TaskEnded.class).stream()
            .filter(one -> one.host().equals("cp1") && one.task().endsWith("(on lb1)"))
            .map(one -> new TaskKey(one.play(), one.task(), one.source()))
            .findFirst()
            .orElseThrow();
    TaskChoice all = TaskChoice.tagged(Set.of(), Set.of());
    assertThat(chosen(all.without(Set.of(told)))).containsOnlyOnce("drain-cp2").hasSize(5);
    assertThat(chosen(all.startingAt(Optional.of("*drain-cp?] (on lb1)")))).hasSize(4);
    assertThat(chosen(all.startingAt(Optional.of("file[/etc/app/drain-cp?]")))).hasSize(4);
  }

  /** Returns the files that are written with a choice of tasks. */
  private List<String> chosen(TaskChoice choice) {
    arrange();
    List<RunEvent> events = told().events;
    events.clear();
    told()
        .well(
            new Runner(new Routes(ways), events::add)
                .run(
                    new Playbook("lb", List.of(drain())),
                    ALL,
                    Optional.empty(),
                    settings(true, 4).choosing(choice)));
    return Stream.of("cp1", "cp2", "lb1")
        .flatMap(host -> Stream.of(files(host).split(" ")))
        .toList();
  }

  @Test
  void oneLineWorksThereAtATime() {
    Play busy =
        play(
            host ->
                List.of(
                    CommandLine.of(
                            "sh",
                            "-c",
                            "mkdir /tmp/busy && sleep 1 && rmdir /tmp/busy && touch /etc/app/"
                                + host)
                        .creates("/etc/app/" + host)
                        .delegatedTo("lb1")));
    told().well(run(true, 4, busy));
    assertThat(files("lb1")).isEqualTo("cp1 cp2");
  }

  @Test
  void checkAsksTheOtherHostAndWritesNothing() {
    scenes.get("lb1").host.run("echo drain-cp2 >/etc/app/drain-cp2; chmod 644 /etc/app/drain-cp2");
    Recap check = run(false, 4, drain());
    assertThat(check.hosts().get("cp1").wouldChange()).isEqualTo(3);
    assertThat(check.hosts().get("cp2").wouldChange()).isEqualTo(2);
    assertThat(check.hosts().get("cp2").ok()).isEqualTo(1);
    assertThat(files("lb1")).isEqualTo("drain-cp2");
    assertThat(scenes.get("lb1").runs()).isEmpty();
  }

  /** What one host takes out and puts back is there all the time while check looks. */
  @Test
  void checkDoesNotRelyOnWhatAnEarlierTaskThereAlters() {
    Play inAndOut =
        play(
            host ->
                List.of(
                    new FileAbsent(at("pool-" + host)).delegatedTo("lb1"),
                    file("work"),
                    file("pool-" + host).delegatedTo("lb1")));
    BOTH.forEach(
        host ->
            scenes
                .get("lb1")
                .host
                .run("cd /etc/app; echo pool-" + host + " >pool-" + host + "; chmod 644 pool-*"));
    Recap check = run(false, 4, inAndOut);
    assertThat(check.hosts().get("cp1").wouldChange()).isEqualTo(2);
    assertThat(check.hosts().get("cp1").mayChange()).isEqualTo(1);
    assertThat(told().text()).contains("an earlier task that is done on lb1 may change it before");
    Recap apply = run(true, 4, inAndOut);
    told().well(apply);
    assertThat(apply.hosts().get("cp1").changed()).isEqualTo(3);
    assertThat(files("lb1")).isEqualTo("pool-cp1 pool-cp2");
  }

  @Test
  void aFailureThereIsAFailureOfTheTask() {
    Play breaks =
        play(
            host ->
                List.of(
                    file("before"),
                    host.equals("cp1") ? breaksThere() : file("drain-" + host).delegatedTo("lb1"),
                    file("after")));
    Recap recap = run(true, 1, breaks);
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    RunEvent.Failed failed = told().failed();
    assertThat(failed.host()).isEqualTo("cp1");
    assertThat(failed.task()).endsWith("(on lb1)");
    assertThat(failed.problem().got()).startsWith("exit 3");
    assertThat(failed.problem().state()).contains("may be half done");
    assertThat(files("cp1")).isEqualTo("before");
    assertThat(files("cp2")).isEqualTo("after before");
    assertThat(told().states()).containsExactly("failed");
    assertThat(scenes.get("cp2").states()).containsExactly("applied");
    assertThat(scenes.get("lb1").states()).as("it stays failed").containsExactly("failed");
    scenes.get("lb1").rollback();
    assertThat(files("lb1")).isEmpty();
  }

  @Test
  void aHostThatCannotBeReachedFailsTheTask() {
    Scene gone = scenes.get("lb1");
    ways.put(
        "lb1",
        Routes.to("127.0.0.1", 1, "root", gone.host.privateKeyFile(), gone.host.knownHostsFile()));
    Recap recap = run(true, 4, drain());
    assertThat(recap.hosts().values())
        .allMatch(counts -> counts.failed() == 1 && counts.unreachable() == 0);
    assertThat(told().told(RunEvent.Failed.class).get(0).problem().toString())
        .contains("to work on lb1", "connection refused", "nothing written by this run");
    assertThat(files("cp1")).isEqualTo("before");
    assertThat(Scene.code(run(false, 4, drain()))).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aFailureThatIsIgnoredEndsNothing() {
    Play breaks = play(host -> List.of(breaksThere().ignoringErrors(), file("after")));
    Recap recap = run(true, 4, breaks);
    told().well(recap);
    assertThat(recap.hosts().values()).allMatch(counts -> counts.ignored() == 1);
    assertThat(files("cp2")).isEqualTo("after");
  }

  @Test
  void aPlanThatIsKnownToFailDelegatesNothing() {
    Play fails =
        play(
            host ->
                List.of(
                    file("drain-" + host).delegatedTo("lb1"),
                    new FilePresent(at("no/where")).content("x")));
    assertThat(Scene.code(run(true, 4, fails))).isEqualTo(ExitCode.FAILED);
    assertThat(files("lb1")).isEmpty();
    assertThat(told().told(RunEvent.Failed.class))
        .extracting(RunEvent.Failed::task)
        .containsOnly("file[/etc/app/no/where]");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void tasksThatTheOtherHostHasItselfComeBefore(int forks) {
    Play own =
        Play.of("own")
            .on("lb1")
            .tasks(
                CommandLine.of("sh", "-c", "sleep 1; touch /etc/app/own").creates("/etc/app/own"));
    Play needs =
        play(
            host ->
                List.of(
                    file("drain-" + host)
                        .when(new Condition.Exists(at("own")))
                        .delegatedTo("lb1")));
    assertThat(run(false, forks, needs, own).hosts().get("cp1").mayChange()).isEqualTo(1);
    assertThat(told().text()).contains("lb1 has tasks of its own in this run, which come before");
    told().well(run(true, forks, needs, own));
    assertThat(files("lb1")).isEqualTo("drain-cp1 drain-cp2 own");
    assertThat(scenes.get("lb1").runs()).hasSize(1);
    assertThat(scenes.get("lb1").runs().get(0).changes()).isEqualTo(3);
    Play breaks = Play.of("own").on("lb1").tasks(CommandLine.of("false").creates("/etc/app/never"));
    Recap recap = run(true, forks, needs, breaks);
    assertThat(recap.hosts().values()).allMatch(counts -> counts.failed() == 1);
    assertThat(told().text()).contains("lb1 has failed at its own tasks, which come before");
  }

  private static PlayItem breaksThere() {
    return CommandLine.of("sh", "-c", "exit 3").creates("/etc/app/never").delegatedTo("lb1");
  }

  /** What is undone after an interrupt must not leave the other host out. */
  @Test
  void theRunnerKnowsWhereItHasWritten() {
    Play only = play(host -> List.of(file("drain-" + host).delegatedTo("lb1")));
    Runner runner = new Runner(new Routes(ways), event -> {});
    runner.run(new Playbook("lb", List.of(only)), ALL, Optional.empty(), settings(true, 4));
    assertThat(runner.written()).containsExactly("lb1");
  }

  @Test
  void handlersRunThereRightBehindIt() {
    Event note =
        Events.doing(
            CommandLine.of("sh", "-c", "ls /etc/app >/etc/seen").creates("/etc/app/never"));
    Play reload =
        Play.of("app")
            .on("cp1")
            .tasks(
                file("conf").notifies(new Handler("reload", note)).delegatedTo("lb1"),
                file("later").delegatedTo("lb1"));
    told().well(run(true, 4, reload));
    assertThat(scenes.get("lb1").host.run("cat /etc/seen"))
        .contains("conf")
        .doesNotContain("later");
    assertThat(told().handlers()).containsExactly("reload (on lb1): CHANGED");
  }
}

package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.file.DirectoryPresent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.builtin.service.UnitNames;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.Connector;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.step.Guard;
import dev.belay.core.step.GuardedBlock;
import dev.belay.core.step.Handler;
import dev.belay.core.step.HealthCondition;
import dev.belay.core.step.ReversibleItem;
import dev.belay.core.transport.Request;
import dev.belay.core.transport.UnreachableException;
import dev.belay.testkit.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guarded blocks on a host without systemd, whose alarm is a process of its own. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class GuardTest {

  private static final HealthCondition WELL =
      HealthCondition.of(
          "/etc/well is there",
          "until [ -f /etc/well ]; do [ $((B_WITHIN -= 1)) -gt 0 ] || { echo missing >&2; exit 1; };"
              + " sleep 1; done");

  private Scene scene;
  private Tree before;

  @BeforeEach
  void start() {
    scene = Scene.services();
    scene.host.run("mkdir -m 755 /etc/old && echo old >/etc/old/motd && echo gone >/etc/old/gone");
    scene.host.run(
        "printf '[Service]\\nExecStart=/bin/sleep 1000\\n' >/etc/systemd/system/idle.service");
    before = scene.tree();
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private static GuardedBlock guarded(HealthCondition condition, ReversibleItem... items) {
    return GuardedBlock.of(Guard.of(Duration.ofSeconds(10), List.of(condition)), items);
  }

  private static ReversibleItem[] items() {
    return new ReversibleItem[] {
      new DirectoryPresent(RemotePath.of("/etc/new/deep")).mode("0750"),
      new FilePresent(RemotePath.of("/etc/new/deep/it's new")).content("new\n").mode("0600"),
      new FilePresent(RemotePath.of("/etc/old/motd")).content("changed\n").owner("daemon"),
      new FilePresent(RemotePath.of("/etc/old/gone")).absent(),
    };
  }

  private Recap apply(Connector connector, GuardedBlock block) {
    return scene.run(
        connector,
        true,
        new dev.belay.core.playbook.Playbook(
            "ropes", List.of(dev.belay.core.playbook.Play.of("play").tasks(block))));
  }

  /** Waits until the host has decided its guard. */
  private void awaitWord(String word) {
    Instant end = Instant.now().plusSeconds(40);
    while (!scene
        .host
        .run("cat /var/lib/belay/*/guard.1/decided/word 2>/dev/null || :")
        .equals(word)) {
      assertThat(Instant.now()).as("not yet " + word).isBefore(end);
    }
  }

  private void assertNothingStays() {
    assertThat(scene.host.run("ls /var/lib/belay")).doesNotContain("lock", "owed", "jobs");
    assertThat(scene.host.run("ls /run")).doesNotContain("belay\n");
    assertThat(scene.host.run("find /etc -name '.belay*'")).isEmpty();
    assertThat(scene.host.run("pgrep -r R,S,D -f 'undo[.]sh' || :")).isEmpty();
  }

  @Test
  void keepsTheChangesWhenAllConditionsHold() {
    scene.host.run("touch /etc/well");
    scene.well(apply(scene.direct, guarded(WELL, items())));
    assertThat(scene.told(RunEvent.Kept.class)).hasSize(1);
    assertThat(scene.host.run("cat /etc/old/motd")).isEqualTo("changed\n");
    assertThat(scene.states()).containsExactly("applied");
    assertNothingStays();
    scene.well(apply(scene.direct, guarded(WELL, items())));
    assertThat(scene.told(RunEvent.Kept.class)).isEmpty();
    scene.well(scene.rollback());
    assertThat(scene.differences(before, "/etc/well")).isEmpty();
  }

  @Test
  void undoesTheBlockWhenAConditionDoesNotHold() {
    Recap recap = apply(scene.direct, guarded(WELL, items()));
    assertThat(Scene.code(recap)).as(scene.text()).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(scene.failed().problem().wanted()).isEqualTo("/etc/well is there");
    assertThat(scene.failed().problem().got()).contains("missing");
    assertThat(scene.undone())
        .containsExactly(
            "restore /etc/old/gone",
            "restore /etc/old/motd",
            "remove /etc/new/deep/it's new again",
            "remove /etc/new/deep again",
            "remove /etc/new again");
    assertThat(scene.differences(before)).isEmpty();
    assertThat(scene.states()).containsExactly("rolled-back");
    assertNothingStays();
  }

  @Test
  void hostUndoesWhatItWasToldToDoWhenNobodyComesBack() {
    // The session dies in the middle of the job's replies; the way back is closed.
    Tapped cut =
        new Tapped(
            once(scene.direct),
            "",
            (exchange, requests) ->
                requests.stream()
                    .map(
                        r ->
                            r.script().startsWith("b_job_reply") && r.script().contains(" 4 ")
                                ? new Request("kill -9 $B_SHELL", false, r.deadline())
                                : r)
                    .toList());
    scene.host.run("touch /etc/well");
    Recap recap = apply(cut, guarded(WELL, items()));
    assertThat(Scene.code(recap)).as(scene.text()).isEqualTo(ExitCode.UNREACHABLE);
    awaitWord("undone");
    assertThat(scene.differences(before, "/etc/well")).isEmpty();
    assertThat(scene.states()).containsExactly("rolled-back");
    assertNothingStays();
    scene.well(apply(scene.direct, guarded(WELL, items())));
  }

  @Test
  void comesBackAfterALostLinkAndHearsWhatItMissed() {
    AtomicInteger kills = new AtomicInteger();
    Tapped cut =
        new Tapped(
            scene.direct,
            "",
            (exchange, requests) ->
                requests.stream()
                    .map(
                        r ->
                            r.script().startsWith("b_job_reply")
                                    && r.script().contains(" 3 ")
                                    && kills.getAndIncrement() == 0
                                ? new Request("kill -9 $B_SHELL", false, r.deadline())
                                : r)
                    .toList());
    scene.host.run("touch /etc/well");
    Recap recap = apply(cut, guarded(WELL, items()));
    assertThat(Scene.code(recap)).as(scene.text()).isEqualTo(ExitCode.OK);
    assertThat(kills.get()).isPositive();
    assertThat(scene.warnings()).anyMatch(text -> text.contains("connection was lost"));
    assertThat(scene.told(RunEvent.Kept.class)).hasSize(1);
    assertNothingStays();
  }

  private static final Handler RESTART =
      new Handler("restart idle", UnitNames.of("idle").restarted());

  @Test
  void undoesRestartsLast() {
    scene.host.run("systemctl start idle");
    ReversibleItem item =
        new FilePresent(RemotePath.of("/etc/old/motd")).content("x\n").notifies(RESTART);
    Recap recap = apply(scene.direct, guarded(WELL, item));
    assertThat(Scene.code(recap)).as(scene.text()).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(scene.undone())
        .containsExactly("restore /etc/old/motd", "undo: restart idle.service");
    assertThat(scene.host.run("systemctl is-active idle").strip()).isEqualTo("active");
  }

  @Test
  void handlersOfTheBlockRunBeforeItIsJudged() {
    scene.host.run("touch /etc/well");
    ReversibleItem item =
        new FilePresent(RemotePath.of("/etc/old/motd")).content("x\n").notifies(RESTART);
    scene.well(apply(scene.direct, guarded(WELL, item)));
    assertThat(scene.handlers()).containsExactly("restart idle: CHANGED");
    List<String> order =
        scene.events.stream()
            .filter(e -> e instanceof RunEvent.Kept || e instanceof RunEvent.TaskEnded)
            .map(e -> e.getClass().getSimpleName())
            .toList();
    assertThat(order).containsExactly("TaskEnded", "TaskEnded", "Kept");
  }

  /** Applies, and asks the run to stop as soon as the host makes /etc/at-work. */
  private Recap stopped(dev.belay.core.step.PlayPart... parts) throws InterruptedException {
    scene.events.clear();
    var runner = new dev.belay.core.run.Runner(scene.direct, scene.events::add);
    var playbook =
        new dev.belay.core.playbook.Playbook(
            "ropes", List.of(dev.belay.core.playbook.Play.of("play").tasks(parts)));
    Thread stopper =
        new Thread(
            () -> {
              scene.host.run("until [ -e /etc/at-work ]; do sleep 0.05; done");
              runner.stop();
              scene.host.run("touch /etc/asked");
            });
    stopper.start();
    Recap recap =
        runner.run(
            playbook,
            dev.belay.core.inventory.Inventory.literal("cp1,"),
            java.util.Optional.empty(),
            Scene.settings(true));
    stopper.join();
    return recap;
  }

  private static ReversibleItem slow() {
    return dev.belay.core.builtin.command.CommandLine.of(
            "sh", "-c", "touch /etc/at-work; until [ -e /etc/asked ]; do sleep 0.05; done")
        .creates("/etc/asked")
        .undoneBy("rm", "-f", "/etc/at-work", "/etc/asked");
  }

  private static final ReversibleItem LATER =
      new FilePresent(RemotePath.of("/etc/later")).content("later\n");

  @Test
  void stopsAfterTheStepItIsAtAndKeepsWhatWasDone() throws InterruptedException {
    Recap recap = stopped(slow(), LATER);
    assertThat(Scene.code(recap)).as(scene.text()).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().got()).contains("stopped as asked");
    assertThat(scene.host.run("ls /etc")).contains("at-work").doesNotContain("later");
    assertThat(scene.states()).containsExactly("failed");
    scene.rollback();
    assertThat(scene.differences(before)).isEmpty();
    assertNothingStays();
  }

  @Test
  void undoesAGuardedBlockThatIsStopped() throws InterruptedException {
    Recap recap = stopped(guarded(WELL, slow(), LATER));
    assertThat(Scene.code(recap)).as(scene.text()).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(scene.differences(before, "/etc/asked")).isEmpty();
    assertThat(scene.states()).containsExactly("rolled-back");
    assertNothingStays();
  }

  @Test
  void leavesNothingOfARunThatWasRefused() {
    scene.host.run("touch /etc/well");
    scene.host.run(
        "mkdir -m 700 /var/lib/belay; printf '%s %s %s 2026\\nsomebody\\n' 1"
            + " $(cut -d ' ' -f 22 /proc/1/stat) $(cat /proc/sys/kernel/random/boot_id)"
            + " >/var/lib/belay/lock");
    Recap recap = apply(scene.direct, guarded(WELL, items()));
    assertThat(Scene.code(recap)).as(scene.text()).isEqualTo(ExitCode.REFUSED);
    scene.host.run("rm /var/lib/belay/lock");
    assertNothingStays();
    assertThat(scene.differences(before, "/etc/well")).isEmpty();
  }

  /** The first login works, no later one. */
  private static Connector once(Connector inner) {
    AtomicInteger logins = new AtomicInteger();
    return new Connector() {
      @Override
      public dev.belay.core.transport.Connection connect(dev.belay.core.inventory.Host host) {
        if (logins.getAndIncrement() > 0) {
          throw new UnreachableException("no way", "wait", null);
        }
        return inner.connect(host);
      }

      @Override
      public java.util.Optional<dev.belay.core.transport.Become> become(
          dev.belay.core.inventory.Host host, boolean root) {
        return inner.become(host, root);
      }
    };
  }
}

package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.command.Command;
import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.builtin.file.FileAbsent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.Connector;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.Runner;
import dev.belay.core.step.Handler;
import dev.belay.core.step.TaskBlock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Blocks some of whose tasks are done on another host. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DelegatedBlockTest {

  private static Scene cp1;
  private static Scene lb1;

  @BeforeAll
  static void start() {
    cp1 = Scene.plain();
    lb1 = Scene.plain();
  }

  @AfterAll
  static void end() {
    cp1.close();
    lb1.close();
  }

  @BeforeEach
  void arrange() {
    for (Scene scene : List.of(cp1, lb1)) {
      scene.host.run("rm -rf /var/lib/belay /etc/app; mkdir -m 755 /etc/app");
    }
  }

  private static RemotePath at(String name) {
    return RemotePath.of("/etc/app/" + name);
  }

  private static FilePresent file(String name) {
    return new FilePresent(at(name)).content(name + "\n");
  }

  private static String files(Scene scene) {
    return scene.host.run("ls /etc/app").strip().replace('\n', ' ');
  }

  private static Recap run(boolean apply, Play play) {
    cp1.events.clear();
    return new Runner(new Routes(Map.of("cp1", cp1.direct, "lb1", lb1.direct)), cp1.events::add)
        .run(
            new Playbook("blocks", List.of(play)),
            Inventory.literal("cp1,lb1,"),
            Optional.empty(),
            Scene.settings(apply));
  }

  /** A host is drained on another, fails, and is put back there in any case. */
  @Test
  void isDoneAtTheEndOfABlockInAnyCase() {
    Command breaks = CommandLine.of("sh", "-c", "exit 3").creates("/etc/app/never");
    Play play =
        Play.of("app")
            .on("cp1")
            .tasks(
                TaskBlock.of(file("drained").delegatedTo("lb1"), breaks, file("never"))
                    .always(new FileAbsent(at("drained")).delegatedTo("lb1")),
                file("after"));
    Recap recap = run(true, play);
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(cp1.text()).contains("exit 3");
    assertThat(files(lb1)).isEmpty();
    assertThat(lb1.runs().get(0).changes()).isEqualTo(2);
    assertThat(files(cp1)).isEmpty();
  }

  @Test
  void isRescuedWhereItFailsThere() {
    FilePresent nowhere = new FilePresent(at("no/file")).content("x");
    Play play =
        Play.of("app")
            .on("cp1")
            .tasks(
                TaskBlock.of(file("a"), nowhere.delegatedTo("lb1"), file("b"))
                    .rescue(file("c").delegatedTo("lb1"), file("d")),
                file("e"));
    Recap check = run(false, play);
    assertThat(Scene.code(check)).isEqualTo(ExitCode.OK);
    assertThat(check.hosts().get("cp1").rescued()).isEqualTo(1);
    assertThat(check.hosts().get("cp1").mayChange()).isEqualTo(4);
    Recap recap = run(true, play);
    cp1.well(recap);
    assertThat(recap.hosts().get("cp1").rescued()).isEqualTo(1);
    assertThat(recap.hosts().get("cp1").skipped()).isEqualTo(1);
    assertThat(files(cp1)).isEqualTo("a d e");
    assertThat(files(lb1)).isEqualTo("c");
  }

  /** A failure that is known here, and a rescue there. */
  @Test
  void checkTellsWhatARescueThereWouldDo() {
    FilePresent nowhere = new FilePresent(at("no/file")).content("x");
    Play play =
        Play.of("app")
            .on("cp1")
            .tasks(TaskBlock.of(file("a"), nowhere).rescue(file("c").delegatedTo("lb1")));
    Recap check = run(false, play);
    assertThat(check.hosts().get("cp1").skipped()).isZero();
    assertThat(check.hosts().get("cp1").wouldChange()).isEqualTo(2);
    Recap apply = run(true, play);
    cp1.well(apply);
    assertThat(apply.hosts().get("cp1").changed()).isEqualTo(2);
    assertThat(files(lb1)).isEqualTo("c");
  }

  /** It has not even begun, and what fails stands behind its block. */
  @Test
  void isNotRescuedWhereALaterTaskIsFoundToFail() {
    Command fills = CommandLine.of("sh", "-c", "echo x >/etc/app/dir").creates("/etc/app/dir");
    Play play =
        Play.of("app")
            .on("cp1")
            .tasks(
                TaskBlock.of(fills, file("b").delegatedTo("lb1"))
                    .rescue(file("c"))
                    .always(file("d").delegatedTo("lb1")),
                new FilePresent(at("dir/file")).content("x"));
    Recap recap = run(true, play);
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(recap.hosts().get("cp1").rescued()).isZero();
    assertThat(files(cp1)).isEqualTo("dir");
    assertThat(files(lb1)).isEqualTo("d");
  }

  /** Applies, and is stopped before an exchange with the other host. */
  private static Recap runStopped(Play play, int exchange) {
    AtomicReference<Runner> runner = new AtomicReference<>();
    Connector stops = Tapped.before(lb1.direct, exchange, () -> runner.get().stop());
    cp1.events.clear();
    runner.set(new Runner(new Routes(Map.of("cp1", cp1.direct, "lb1", stops)), cp1.events::add));
    return runner
        .get()
        .run(
            new Playbook("blocks", List.of(play)),
            Inventory.literal("cp1,lb1,"),
            Optional.empty(),
            Scene.settings(true));
  }

  /** Nobody is rescued who is asked to stop. */
  @Test
  void isNotRescuedWhereTheRunIsStopped() {
    Play play =
        Play.of("app")
            .on("cp1")
            .tasks(
                TaskBlock.of(file("a"), file("b").delegatedTo("lb1"))
                    .rescue(file("a").named("again")));
    Recap recap = runStopped(play, 1);
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(recap.hosts().get("cp1").rescued()).isZero();
    assertThat(cp1.failed().problem().got()).isEqualTo("stopped as asked, before it");
    assertThat(files(lb1)).isEmpty();
  }

  @Test
  void aHandlerThatIsKnownToFailDelegatesNothing() {
    Handler bad = new Handler("bad", Events.refused());
    Play fails =
        Play.of("app").on("cp1").tasks(file("drain").delegatedTo("lb1"), file("x").notifies(bad));
    assertThat(Scene.code(run(false, fails))).isEqualTo(ExitCode.FAILED);
    assertThat(Scene.code(run(true, fails))).isEqualTo(ExitCode.FAILED);
    assertThat(files(lb1)).isEmpty();
    assertThat(cp1.told(RunEvent.Failed.class))
        .extracting(RunEvent.Failed::task)
        .containsOnly("handler bad");
  }

  /** It is stopped while the other host does its part, before a task that would notify. */
  @Test
  void owesNoHandlerOfATaskThatWasStoppedBefore() {
    Handler never = new Handler("never", Events.doing(file("never")));
    Play play =
        Play.of("app")
            .on("cp1")
            .tasks(file("a"), file("b").delegatedTo("lb1"), file("c").notifies(never));
    Recap recap = runStopped(play, 3);
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(files(cp1)).isEqualTo("a");
    assertThat(cp1.text()).doesNotContain("was notified and has not run");
  }
}

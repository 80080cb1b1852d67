package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.Runner;
import dev.belay.core.step.PlayItem;
import dev.belay.core.transport.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LockTest {

  private static final RemotePath FILE = RemotePath.of("/etc/app");

  private static Scene scene;

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
    scene.host.run("rm -rf /var/lib/belay /etc/app* /etc/late");
  }

  private static FilePresent file(String content) {
    return new FilePresent(FILE).content(content);
  }

  @Test
  void tellsTheSecondControllerWhoHoldsTheHostAndLetsTheFirstFinish() throws Exception {
    scene.host.run("rm -f /tmp/go");
    var waits =
        CommandLine.of("sh", "-c", "touch /etc/late; until [ -e /tmp/go ]; do sleep 0.1; done")
            .creates("/etc/late");
    var first = CompletableFuture.supplyAsync(() -> run(waits, file("first\n")));
    scene.host.run("until [ -e /etc/late ]; do sleep 0.1; done");

    assertThat(Scene.code(scene.apply(file("second\n")))).isEqualTo(ExitCode.REFUSED);
    assertThat(scene.failed().problem().got())
        .startsWith("it is locked by tester@here, run 2")
        .contains(", since 2");
    assertThat(scene.failed().problem().state()).isEqualTo("nothing written by this run");
    assertThat(scene.states()).containsExactly("running");
    assertThat(Scene.code(scene.rollback())).isEqualTo(ExitCode.REFUSED);
    assertThat(scene.failed().problem().got()).startsWith("it is still going on, by");

    scene.host.run("touch /tmp/go");
    assertThat(Scene.code(first.get(60, TimeUnit.SECONDS))).isEqualTo(ExitCode.OK);
    assertThat(scene.host.run("cat /etc/app")).isEqualTo("first\n");
    assertThat(scene.states()).containsExactly("applied");
  }

  private static Recap run(PlayItem... items) {
    return new Runner(scene.direct, event -> {})
        .run(
            Scene.playbook(items),
            Inventory.literal("cp1,"),
            Optional.empty(),
            Scene.settings(true));
  }

  @Test
  void takesTheLockFromASessionThatDoesNothingAnyMore() {
    List<Recap> second = new ArrayList<>();
    List<String> said = new ArrayList<>();
    // The first run has its lock and is still in the middle when it falls silent.
    var first =
        Tapped.before(
            scene.direct,
            3,
            () -> {
              if (second.isEmpty()) {
                List<RunEvent> own = List.copyOf(scene.events);
                scene.events.clear();
                second.add(scene.apply(file("second\n")));
                said.addAll(scene.warnings());
                scene.events.clear();
                scene.events.addAll(own);
                throw new UnreachableException("the link is gone", "wait", null);
              }
            });
    var late = CommandLine.of("touch", "/etc/late").creates("/etc/late");
    Recap recap = scene.apply(first, late, file("first\n"));

    assertThat(Scene.code(second.get(0))).as(scene.text()).isEqualTo(ExitCode.OK);
    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains("tester@here, run 2", "its session did nothing any more");
    // It comes back, finds the host free, and sees that its file is another one by now.
    assertThat(Scene.code(recap)).as(scene.text()).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().got()).contains("expected -", "found f 644");
    assertThat(scene.host.run("cat /etc/app")).isEqualTo("second\n");
    assertThat(scene.host.run("ls /var/lib/belay")).doesNotContain("lock", "stale", "new.");
  }

  @Test
  void letsOnlyOneOfManyControllersChangeAHostAtOnce() throws Exception {
    List<CompletableFuture<Recap>> runs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String content = "content " + i + "\n";
      runs.add(CompletableFuture.supplyAsync(() -> run(file(content))));
    }
    List<ExitCode> codes = new ArrayList<>();
    for (CompletableFuture<Recap> run : runs) {
      codes.add(Scene.code(run.get(60, TimeUnit.SECONDS)));
    }
    assertThat(codes)
        .contains(ExitCode.OK)
        .allMatch(c -> c == ExitCode.OK || c == ExitCode.REFUSED);
    assertThat(scene.host.run("ls -A /var/lib/belay | grep -v ^2; cat /etc/app"))
        .startsWith("order\ncontent ");
  }

  @Test
  void takesTheLockOfADeadRunOverAndTellsWhoseItWas() {
    String dead =
        scene
            .host
            .run(
                "mkdir -p /var/lib/belay; sh -c 'echo $$' >/tmp/dead;"
                    + " echo \"$(cat /tmp/dead) 1 $(cat /proc/sys/kernel/random/boot_id) 20260101T000000-aaaa\""
                    + " >/var/lib/belay/lock; echo 'jo@laptop, run 20260101T000000-aaaa, since 2026-01-01T00:00:00Z'"
                    + " >>/var/lib/belay/lock; cat /var/lib/belay/lock")
            .strip();
    assertThat(dead).isNotEmpty();
    scene.well(scene.apply(file("first\n")));
    assertThat(scene.warnings()).hasSize(1);
    assertThat(scene.warnings().get(0))
        .contains("jo@laptop, run 20260101T000000-aaaa, since 2026-01-01T00:00:00Z");
    assertThat(scene.host.run("ls /var/lib/belay")).doesNotContain("lock", "stale", "new.");
  }

  @Test
  void takesTheLockOfAnEarlierBootOver() {
    scene.host.run(
        "mkdir -p /var/lib/belay; { echo \"1 $(cut -d ' ' -f 22 /proc/1/stat) another-boot 2026-x\";"
            + " echo jo@laptop; } >/var/lib/belay/lock");
    scene.well(scene.apply(file("first\n")));
    assertThat(scene.warnings()).hasSize(1);
  }

  @Test
  void takesAnEmptyOrGarbledLockOver() {
    scene.host.run("mkdir -p /var/lib/belay; : >/var/lib/belay/lock");
    scene.well(scene.apply(file("first\n")));
    scene.host.run("printf 'x y\\0z' >/var/lib/belay/lock");
    scene.well(scene.apply(file("second\n")));
  }

  @Test
  void refusesToOverwriteAnEditThatCameAfterTheFactsWereRead() {
    scene.host.run("echo old >/etc/app");
    var connector = Tapped.before(scene.direct, 2, () -> scene.host.run("echo mine >/etc/app"));
    assertThat(Scene.code(scene.apply(connector, file("new\n")))).isEqualTo(ExitCode.REFUSED);
    assertThat(scene.failed().refused()).isTrue();
    assertThat(scene.failed().problem().got()).contains("expected f 644 root root ", "found f 644");
    assertThat(scene.failed().problem().state()).isEqualTo("nothing written by this run");
    assertThat(scene.host.run("cat /etc/app")).isEqualTo("mine\n");
    assertThat(scene.states()).containsExactly("failed");
  }

  @Test
  void callsADriftAfterEarlierChangesAFailureSinceTheHostIsNotAsBefore() {
    scene.host.run("echo old >/etc/app");
    var connector = Tapped.before(scene.direct, 2, () -> scene.host.run("chmod 600 /etc/app"));
    FilePresent other = new FilePresent(RemotePath.of("/etc/app2")).content("x");
    assertThat(Scene.code(scene.apply(connector, other, file("new\n")))).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().state())
        .matches("1 earlier change stays \\(undo: belay rollback cp1 .*\\)");
    scene.well(scene.rollback());
    assertThat(scene.host.run("ls /etc/app2 2>&1 || :")).contains("No such file");
  }
}

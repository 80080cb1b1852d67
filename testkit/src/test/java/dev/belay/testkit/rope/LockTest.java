package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import java.util.ArrayList;
import java.util.List;
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
  void tellsTheSecondControllerWhoHoldsTheHostAndLetsTheFirstFinish() {
    List<RunEvent> second = new ArrayList<>();
    // Exchange 3 confirms: by then the first run has its lock and has written.
    var first =
        Tapped.before(
            scene.direct,
            3,
            () -> {
              List<RunEvent> own = List.copyOf(scene.events);
              assertThat(Scene.code(scene.apply(file("second\n")))).isEqualTo(ExitCode.REFUSED);
              assertThat(scene.failed().problem().got())
                  .startsWith("it is locked by tester@here, run 2")
                  .contains(", since 2");
              assertThat(scene.failed().problem().state()).isEqualTo("nothing written by this run");
              assertThat(scene.states()).containsExactly("running");
              assertThat(Scene.code(scene.rollback())).isEqualTo(ExitCode.REFUSED);
              assertThat(scene.failed().problem().got()).startsWith("it is still going on, by");
              second.addAll(scene.events);
              scene.events.clear();
              scene.events.addAll(own);
            });
    // The package-like change that makes the engine look again half way is a command.
    scene.well(
        scene.apply(
            first,
            dev.belay.core.builtin.command.CommandLine.of("touch", "/etc/late")
                .creates("/etc/late"),
            file("first\n")));
    assertThat(second).isNotEmpty();
    assertThat(scene.host.run("cat /etc/app")).isEqualTo("first\n");
    assertThat(scene.states()).containsExactly("applied");
  }

  @Test
  void letsOnlyOneOfManyControllersChangeAHostAtOnce() throws Exception {
    List<CompletableFuture<Recap>> runs = new ArrayList<>();
    List<Scene> none = List.of();
    assertThat(none).isEmpty();
    for (int i = 0; i < 6; i++) {
      String content = "content " + i + "\n";
      runs.add(
          CompletableFuture.supplyAsync(
              () ->
                  new dev.belay.core.run.Runner(scene.direct, event -> {})
                      .run(
                          Scene.playbook(file(content)),
                          dev.belay.core.inventory.Inventory.literal("cp1,"),
                          java.util.Optional.empty(),
                          Scene.settings(true))));
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

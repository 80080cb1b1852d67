package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.builtin.command.Command;
import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.builtin.command.Result;
import dev.belay.core.builtin.file.DirectoryPresent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.builtin.service.UnitNames;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Secret;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.step.Condition;
import dev.belay.core.step.Guard;
import dev.belay.core.step.GuardedBlock;
import dev.belay.core.step.Handler;
import dev.belay.core.step.PlayItem;
import dev.belay.core.step.ReversibleTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Retries, timeouts and ignored errors, on a host over SSH. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TaskOptionsTest {

  private static final Duration NOW = Duration.ZERO;

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
    scene.host.run("rm -rf /var/lib/belay /etc/app; mkdir -m 755 /etc/app");
  }

  private static FilePresent file(String name) {
    return new FilePresent(RemotePath.of("/etc/app/" + name)).content(name + "\n");
  }

  /** Makes a file at the attempt of this number. */
  private static Command command(int works) {
    return CommandLine.of(
            "sh",
            "-c",
            "echo x >>/etc/app/n; [ $(wc -l </etc/app/n) -ge "
                + works
                + " ] && echo y >/etc/app/made")
        .creates("/etc/app/made");
  }

  @Test
  void retriesOnTheHostWithoutAnotherRoundTrip() {
    Recap check = scene.check(command(3).retries(4, NOW), file("last"));
    assertThat(check.hosts().get("cp1").wouldChange()).isEqualTo(1);
    assertThat(check.hosts().get("cp1").mayChange()).isEqualTo(1);
    scene.well(scene.apply(command(3).retries(4, NOW), file("last")));
    assertThat(scene.host.run("cat /etc/app/n")).isEqualTo("x\nx\nx\n");
    assertThat(scene.runs().get(0).changes()).isEqualTo(2);
  }

  @Test
  void failsAfterTheLastAttemptAndKeepsOneEntryToUndo() {
    Recap recap =
        scene.apply(file("first"), command(9).undoneBy("rm", "-f", "/etc/app/n").retries(2, NOW));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().got()).startsWith("exit 1");
    assertThat(scene.host.run("cat /etc/app/n")).isEqualTo("x\nx\nx\n");
    scene.well(scene.rollback());
    assertThat(scene.host.run("ls /etc/app")).isEmpty();
  }

  @Test
  void anAttemptCountsOnlyWhenWhatIsWaitedForIsSeen() {
    scene.well(
        scene.apply(
            file("first")
                .until("sh", "-c", "echo x >>/tmp/n; [ $(wc -l </tmp/n) -ge 2 ]")
                .retries(3, NOW)));
    Recap recap = scene.apply(file("second").until("test", "-e", "/nowhere"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().got()).contains("test -e /nowhere ended with status 1");
  }

  @Test
  void aTimeoutEndsTheCommandAndNotTheConnection() {
    Command slow = CommandLine.of("sleep", "600").creates("/etc/app/never");
    Recap recap = scene.apply(file("first"), slow.timeout(Duration.ofSeconds(1)), file("last"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().got())
        .isEqualTo("exit 124: it took longer than 1 s and was ended");
    assertThat(scene.host.run("ls /etc/app")).isEqualTo("first\n");
    assertThat(
            scene.host.run(
                "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -c '[s]leep 600' || :"))
        .isEqualTo("0\n");
    scene.rollback();
    assertThat(scene.host.run("ls /etc/app")).isEmpty();
    assertThat(scene.remaining()).hasSize(1);
  }

  @Test
  void aGuardWaitsForRetries() {
    Guard guard = Guard.of(Duration.ofSeconds(20), List.of());
    scene.well(
        scene.run(
            scene.direct,
            true,
            new Playbook(
                "ropes",
                List.of(
                    Play.of("play")
                        .tasks(
                            GuardedBlock.of(
                                guard,
                                command(2)
                                    .undoneBy("rm", "/etc/app/made", "/etc/app/n")
                                    .retries(1, Duration.ofSeconds(1))))))));
    assertThat(scene.host.run("ls /etc/app")).isEqualTo("made\nn\n");
  }

  @Test
  void whatFailsOnTheHostIsToldAndTheRestIsPlannedAnew() {
    Command breaks =
        CommandLine.of("sh", "-c", "echo half >/etc/app/half; exit 3").creates("/etc/app/made");
    Recap recap =
        scene.apply(
            file("first"),
            breaks.ignoringErrors(),
            file("last").when(new Condition.Exists(RemotePath.of("/etc/app/half"))));
    scene.well(recap);
    assertThat(recap.hosts().get("cp1").ignored()).isEqualTo(1);
    assertThat(recap.hosts().get("cp1").changed()).isEqualTo(2);
    assertThat(scene.text()).contains("ignored", "exit 3").contains("ignored=1");
    assertThat(scene.host.run("ls /etc/app")).isEqualTo("first\nhalf\nlast\n");
    assertThat(scene.states()).containsExactly("applied");
  }

  @Test
  void checkAndApplyTellTheSameOfAFailureThatIsKnown() {
    FilePresent nowhere = new FilePresent(RemotePath.of("/etc/app/no/file")).content("x");
    Recap check = scene.check(nowhere.ignoringErrors(), file("last"));
    assertThat(Scene.code(check)).isEqualTo(ExitCode.OK);
    assertThat(check.hosts().get("cp1").ignored()).isEqualTo(1);
    assertThat(check.hosts().get("cp1").wouldChange()).isEqualTo(1);
    Recap apply = scene.apply(nowhere.ignoringErrors(), file("last"));
    scene.well(apply);
    assertThat(apply.hosts().get("cp1").ignored()).isEqualTo(1);
    assertThat(scene.host.run("ls /etc/app")).isEqualTo("last\n");
    scene.well(scene.rollback());
    assertThat(scene.host.run("ls /etc/app")).isEmpty();
  }

  @Test
  void aFailureThatIsIgnoredAtTheEndStillLetsHandlersRun() {
    Command breaks = CommandLine.of("sh", "-c", "exit 3").creates("/etc/app/made");
    scene.well(scene.apply(file("first"), breaks.ignoringErrors()));
    assertThat(scene.states()).containsExactly("applied");
    scene.well(scene.apply(file("first"), breaks.ignoringErrors()));
    assertThat(scene.host.run("ls /etc/app")).isEqualTo("first\n");
  }

  @Test
  void aResultGoesIntoALaterStepAndIsAskedAgainWhereItMayHaveChanged() {
    Result version = Result.of("cat", "/etc/app/version");
    PlayItem note =
        version.intoAny("note", out -> file("note").content("version " + out.text() + "\n"));
    scene.host.run("echo 1 >/etc/app/version; chmod 644 /etc/app/version");
    Recap known = scene.check(note);
    assertThat(known.hosts().get("cp1").wouldChange()).isEqualTo(1);
    assertThat(scene.text()).contains("+version 1");
    FilePresent newer = new FilePresent(RemotePath.of("/etc/app/version")).content("2\n");
    Recap check = scene.check(newer, note, file("b").when(version.prints("2")));
    assertThat(check.hosts().get("cp1").mayChange()).isEqualTo(2);
    assertThat(scene.text())
        .contains("because output of cat /etc/app/version: write /etc/app/version (0644");
    scene.well(scene.apply(newer, note, file("b").when(version.prints("2"))));
    assertThat(scene.host.run("cat /etc/app/note; ls /etc/app"))
        .isEqualTo("version 2\nb\nnote\nversion\n");
    scene.well(scene.rollback());
    assertThat(scene.host.run("cat /etc/app/*")).isEqualTo("1\n");
  }

  @Test
  void aResultThatFailsOrDoesNotFitFailsItsStepBeforeAnythingIsWritten() {
    Result none = Result.of("cat", "/nowhere");
    assertThat(Scene.code(scene.apply(none.into("note", out -> file("x")), file("last"))))
        .isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().got()).contains("ended with status 1", "/nowhere");
    Result word = Result.of("echo", "many");
    scene.apply(word.into("n", out -> file("x" + Integer.parseInt(out.text()))), file("last"));
    assertThat(scene.failed().problem().got()).contains("For input string: \"many\"");
    assertThat(scene.host.run("ls /etc/app")).isEmpty();
  }

  @Test
  void onlySoManyHostsAreAtAThrottledTaskAtOnce() {
    Command slow =
        CommandLine.of("sh", "-c", "date +%s%N >/etc/app/from; sleep 1; date +%s%N >/etc/app/to")
            .creates("/etc/app/to");
    try (Scene other = Scene.plain()) {
      other.host.run("mkdir -m 755 -p /etc/app");
      Recap recap =
          scene.run(
              new Routes(Map.of("one", scene.direct, "two", other.direct)),
              true,
              Scene.playbook(file("before"), slow.throttle(1), file("after")),
              Inventory.literal("one,two,"));
      scene.well(recap);
      assertThat(recap.hosts().get("two").changed()).isEqualTo(3);
      long firstFrom = number(scene, "from");
      long firstTo = number(scene, "to");
      long secondFrom = number(other, "from");
      long secondTo = number(other, "to");
      assertThat(firstTo <= secondFrom || secondTo <= firstFrom).as("one after the other").isTrue();
    }
  }

  private static long number(Scene scene, String file) {
    return Long.parseLong(scene.host.run("cat /etc/app/" + file).strip());
  }

  @Test
  void refusesWhatCannotBeMeant() {
    assertThatThrownBy(() -> file("f").retries(-1, NOW))
        .hasMessage("attempts are from 1 to 1000, got 0");
    assertThatThrownBy(() -> file("f").timeout(Duration.ofMillis(1500)))
        .hasMessage("a timeout is in whole seconds, up to 24 hours, got PT1.5S");
    assertThatThrownBy(
            () ->
                GuardedBlock.of(
                    Guard.of(Duration.ofSeconds(20), List.of()),
                    new ReversibleTask(file("f").ignoringErrors().task())))
        .hasMessageContaining("ignores errors, so it cannot be guarded");
    assertThatThrownBy(() -> file("f").throttle(0))
        .hasMessage("a throttle lets at least one host through");
    assertThatThrownBy(() -> file("f").timeout(NOW)).hasMessage("a timeout is at least a second");
  }

  @Test
  void fileWhoseLookFailsIsNotSaidToBeUnwritten() {
    scene.apply(file("second").until("test", "-e", "/nowhere"));
    assertThat(scene.host.run("cat /etc/app/second")).isEqualTo("second\n");
    assertThat(scene.failed().problem().state()).startsWith("it may be half done");
  }

  @Test
  void handlerOfAFileWhoseLookFailedIsOwed() {
    try (Scene services = Scene.services()) {
      services.host.run(
          "mkdir -m 755 -p /etc/app; printf '[Service]\\nExecStart=/bin/sleep 1000\\n'"
              + " >/etc/systemd/system/app.service; systemctl daemon-reload; systemctl restart app");
      String before = services.host.run("systemctl show -p MainPID app");
      Handler restart = new Handler("restart app", UnitNames.of("app").restarted());
      services.apply(file("second").until("test", "-e", "/nowhere").notifies(restart));
      assertThat(services.host.run("systemctl show -p MainPID app")).isEqualTo(before);
      services.well(services.apply(file("second").until("true").notifies(restart)));
      assertThat(services.host.run("systemctl show -p MainPID app")).isNotEqualTo(before);
    }
  }

  @Test
  void onlyTheLookIsTakenAgainWhereASecondAttemptWouldStumble() {
    scene.well(
        scene.apply(
            new DirectoryPresent(RemotePath.of("/etc/app/d"))
                .until("sh", "-c", "echo x >>/etc/app/n; [ $(wc -l </etc/app/n) -ge 2 ]")
                .retries(3, NOW)));
    assertThat(scene.host.run("cat /etc/app/n; ls -d /etc/app/d")).isEqualTo("x\nx\n/etc/app/d\n");
  }

  @Test
  void whatIsMadeOfAResultMayAlterAnything() {
    scene.host.run("echo 1 >/etc/app/version");
    PlayItem[] items = {
      new FilePresent(RemotePath.of("/etc/app/version")).content("2\n"),
      Result.of("cat", "/etc/app/version")
          .into("note", out -> file("note").content("version " + out.text() + "\n")),
      file("last").when(new Condition.Exists(RemotePath.of("/etc/app/note")))
    };
    assertThat(scene.check(items).hosts().get("cp1").mayChange()).isEqualTo(2);
    scene.well(scene.apply(items));
    assertThat(scene.host.run("cat /etc/app/last")).isEqualTo("last\n");
  }

  @Test
  void lookHoldsNoSecret() {
    Secret secret = Secret.of("hunter2-hunter2");
    assertThatThrownBy(() -> file("x").until("curl", "-u", "me:" + secret.reveal(), "localhost"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2-hunter2");
  }
}

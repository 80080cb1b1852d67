package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.builtin.file.DirectoryPresent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.builtin.pkg.PackageNames;
import dev.belay.core.builtin.service.UnitNames;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.step.PlayItem;
import dev.belay.core.transport.Request;
import dev.belay.testkit.Tree;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host on which something is wrong. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FailureTest {

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
    scene.host.run(
        "umount -l /var/lib/belay /etc/small 2>/dev/null; rm -rf /var/lib/belay /etc/app* /etc/small;"
            + " mkdir -p /etc/small");
  }

  private static FilePresent file(String path, String content) {
    return new FilePresent(RemotePath.of(path)).content(content);
  }

  @Test
  void writesNothingHalfWhenTheDiskOfTheTargetIsFull() {
    scene.host.run("mount -t tmpfs -o size=64k none /etc/small && echo old >/etc/small/file");
    Tree before = scene.tree();
    Recap recap =
        scene.apply(file("/etc/app", "x"), file("/etc/small/file", "x".repeat(200_000) + "\n"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().got()).contains("No space left on device");
    assertThat(scene.failed().problem().state()).startsWith("1 earlier change stays");
    assertThat(scene.host.run("ls -A /etc/small; cat /etc/small/file")).isEqualTo("file\nold\n");
    scene.well(scene.rollback());
    assertThat(scene.differences(before)).isEmpty();
  }

  @Test
  void writesNothingWhenTheDiskOfTheJournalIsFull() {
    scene.host.run(
        "mkdir -p /var/lib/belay && mount -t tmpfs -o size=256k none /var/lib/belay"
            + " && cat /dev/zero >/var/lib/belay/filler 2>/dev/null; :");
    Tree before = scene.tree();
    assertThat(Scene.code(scene.apply(file("/etc/app", "x")))).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().wanted()).contains("journal before the first change");
    assertThat(scene.failed().problem().got()).containsIgnoringCase("space");
    assertThat(scene.failed().problem().state()).isEqualTo("nothing written by this run");
    assertThat(before.differences(scene.tree())).noneMatch(line -> !line.contains("belay"));
    scene.host.run("rm /var/lib/belay/filler");
    scene.well(scene.apply(file("/etc/app", "x")));
  }

  @Test
  void doesNotMakeAChangeWhoseUndoFindsNoRoom() {
    scene.host.run(
        "head -c 300000 /dev/urandom >/etc/app && mkdir -p /var/lib/belay"
            + " && mount -t tmpfs -o size=200k none /var/lib/belay");
    String before = scene.host.run("sha256sum /etc/app");
    assertThat(Scene.code(scene.apply(file("/etc/app2", "x"), file("/etc/app", "new"))))
        .isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().got())
        .startsWith("its undo could not be kept, so it was not done: ")
        .contains("No space left on device");
    assertThat(scene.failed().problem().state()).startsWith("1 earlier change stays");
    assertThat(scene.host.run("sha256sum /etc/app")).isEqualTo(before);
    assertThat(scene.states()).containsExactly("failed");
    scene.well(scene.rollback());
  }

  @Test
  void saysThatAChangeIsMadeWhenOnlyTheNoteOfItFails() {
    PlayItem fills =
        CommandLine.of(
                "sh",
                "-c",
                "touch /etc/app; i=0; while true >/var/lib/belay/f$i; do i=$((i+1)); done 2>/dev/null")
            .creates("/etc/app")
            .undoneBy("rm", "-f", "/etc/app");
    scene.host.run("mkdir -p /var/lib/belay && mount -t tmpfs -o nr_inodes=60 none /var/lib/belay");
    assertThat(Scene.code(scene.apply(fills))).isEqualTo(ExitCode.FAILED);
    assertThat(scene.told(RunEvent.Failed.class).get(0).problem().state())
        .startsWith("it is done, only not noted as done");
    assertThat(scene.told(RunEvent.Failed.class).get(0).problem().got()).contains("No space left");
    scene.host.run("rm /var/lib/belay/f*");
    scene.well(scene.rollback());
  }

  @Test
  void saysSoWhenTheEndCannotBeNoted() {
    PlayItem fills =
        CommandLine.of("sh", "-c", "touch /etc/app; rm -rf /var/lib/belay/2*/[0-9]*/done")
            .creates("/etc/app");
    var connector =
        Tapped.before(
            scene.direct, 3, () -> scene.host.run("cat /dev/zero >/var/lib/belay/filler || :"));
    scene.host.run("mkdir -p /var/lib/belay && mount -t tmpfs -o size=100k none /var/lib/belay");
    assertThat(Scene.code(scene.apply(connector, fills))).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().wanted()).contains("note in the journal how the run ended");
    assertThat(scene.host.run("ls /var/lib/belay")).doesNotContain("lock");
    assertThat(scene.states()).containsExactly("unfinished");
  }

  @Test
  void refusesAReadOnlyFileSystemBeforeAnyWrite() {
    scene.host.run("mount -t tmpfs -o ro none /etc/small");
    Recap recap = scene.apply(file("/etc/app", "x"), file("/etc/small/file", "x"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().toString()).containsIgnoringCase("read-only");
    assertThat(scene.failed().problem().state()).isEqualTo("nothing written by this run");
    assertThat(scene.host.run("ls /etc/app 2>&1 || :")).contains("No such file");
    assertThat(scene.runs()).isEmpty();
  }

  @Test
  void saysSoWhenTheJournalsCannotBeWritten() {
    scene.host.run("mkdir -p /var/lib/belay && mount -t tmpfs -o ro none /var/lib/belay");
    assertThat(Scene.code(scene.apply(file("/etc/app", "x")))).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().got()).contains("Read-only file system");
    scene.host.run("umount /var/lib/belay && rmdir /var/lib/belay && touch /var/lib/belay");
    assertThat(Scene.code(scene.apply(file("/etc/app", "x")))).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().got()).contains("/var/lib/belay");
    assertThat(scene.host.run("ls /etc/app 2>&1 || :")).contains("No such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base64", "sha256sum", "stat", "readlink", "cp", "mkdir", "sync"})
  void namesAProgramThatTheHostLacks(String program) {
    scene.host.run(
        "for d in /usr/bin /bin; do mv $d/"
            + program
            + " $d/x-"
            + program
            + "; done 2>/dev/null || :");
    try {
      for (boolean apply : new boolean[] {false, true}) {
        Recap recap = scene.run(scene.direct, apply, Scene.playbook(file("/etc/app", "x")));
        assertThat(Scene.code(recap)).isEqualTo(ExitCode.REFUSED);
        assertThat(scene.failed().problem().got()).isEqualTo("the host lacks " + program);
      }
      assertThat(Scene.code(scene.rollback())).isEqualTo(ExitCode.REFUSED);
      assertThat(scene.failed().problem().got()).isEqualTo("the host lacks " + program);
    } finally {
      scene.host.run(
          "for d in /usr/bin /bin; do mv $d/x-"
              + program
              + " $d/"
              + program
              + "; done 2>/dev/null || :");
    }
    assertThat(scene.host.run("ls /etc/app 2>&1 || :")).contains("No such file");
  }

  @Test
  void saysSoWhenTheHostHasNoSystemd() {
    assertThat(Scene.code(scene.apply(UnitNames.of("falco").running()))).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().toString()).contains("systemctl", "systemd");
  }

  @Test
  void saysSoWhenTheHostHasNoPackageManager() {
    scene.host.run("mv /usr/bin/dpkg-query /usr/bin/x-dpkg-query");
    try {
      assertThat(Scene.code(scene.apply(PackageNames.of("falco").installed())))
          .isEqualTo(ExitCode.FAILED);
      assertThat(scene.failed().problem().got()).contains("dpkg-query is not there");
    } finally {
      scene.host.run("mv /usr/bin/x-dpkg-query /usr/bin/dpkg-query");
    }
  }

  @Test
  void givesAHungCommandUpAndSaysWhatIsKnown() {
    PlayItem hangs = CommandLine.of("sleep", "1000").creates("/etc/never");
    Tapped impatient =
        new Tapped(
            scene.direct,
            "",
            (exchange, requests) ->
                requests.stream()
                    .map(r -> new Request(r.script(), r.onlyIfAllWell(), Duration.ofSeconds(2)))
                    .toList());
    Recap recap = scene.apply(impatient, file("/etc/app", "x"), hangs);
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(scene.unreachable().problem().got()).contains("took longer than 2 s");
    assertThat(scene.unreachable().problem().state())
        .contains("has made 1 change for certain; the one it was at may be made, half made or not");
    // The command was ended, and the shell that waited for it ends as soon as it sees that.
    scene.host.run(
        "! pgrep -r R,S,D -fx 'sleep 1000' && while pgrep -r R,S,D sh | grep -qx $(cut -d ' ' -f 1 /var/lib/belay/lock | head -n 1); do sleep 0.1; done");
    assertThat(scene.states()).containsExactly("unfinished");
    assertThat(Scene.code(scene.rollback())).isEqualTo(ExitCode.FAILED);
    assertThat(scene.remaining().get(0)).contains("which failed or was cut off");
  }

  @Test
  void goesOnAndSaysWhatItKnowsWhenTheJournalIsTakenAwayUnderway() {
    PlayItem thief =
        CommandLine.of("sh", "-c", "touch /etc/app.stolen; rm -rf /var/lib/belay/2*")
            .creates("/etc/app.stolen");
    Recap recap = scene.apply(thief, file("/etc/app", "x"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(scene.told(RunEvent.Failed.class).get(0).problem().state())
        .startsWith("it is done, only not noted as done");
    assertThat(scene.host.run("ls /etc/app 2>&1 || :")).contains("No such file");
  }

  @Test
  void keepsTheExitStatusOfACommandApartFromItsOwn() {
    for (int status : new int[] {75, 76, 77, 78, 79, 80, 81, 82, 83}) {
      PlayItem odd = CommandLine.of("sh", "-c", "exit " + status).creates("/etc/never");
      assertThat(Scene.code(scene.apply(odd))).isEqualTo(ExitCode.FAILED);
      assertThat(scene.failed().problem().got()).contains("it ended with status " + status);
      assertThat(scene.failed().problem().state()).startsWith("it may be half done");
    }
  }

  @Test
  void cannotMakeADirectoryWhereAFileIs() {
    scene.host.run("touch /etc/app");
    assertThat(Scene.code(scene.apply(new DirectoryPresent(RemotePath.of("/etc/app/sub")))))
        .isEqualTo(ExitCode.FAILED);
    scene.failed();
  }
}

package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.builtin.file.DirectoryPresent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.RunEvent;
import dev.belay.testkit.Tree;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RollbackTest {

  private static Scene scene;
  private Tree before;

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
        "rm -rf /var/lib/belay /etc/app /etc/new; mkdir -m 755 /etc/app; cd /etc/app"
            + " && echo old >one && echo old >two && chmod 640 one && touch -d 2020-01-01 one two");
    before = scene.tree();
  }

  private static FilePresent file(String name, String content) {
    return new FilePresent(RemotePath.of("/etc/app/" + name)).content(content);
  }

  private String apply(String one) {
    scene.well(scene.apply(file("one", one), file("two", one)));
    return scene.newest();
  }

  @Test
  void givesBackWhatAnyPastRunFound() {
    String first = apply("first\n");
    scene.well(scene.apply(file("three", "unrelated\n")));
    scene.well(scene.rollback(first));
    assertThat(scene.undone()).containsExactly("restore /etc/app/two", "restore /etc/app/one");
    scene.well(scene.rollback());
    assertThat(scene.differences(before)).isEmpty();
    assertThat(scene.states()).containsExactly("rolled-back", "rolled-back", "applied", "applied");
  }

  @Test
  void writesNothingInCheckModeAndShowsWhatItWouldDo() {
    apply("first\n");
    Tree applied = scene.tree();
    var recap = scene.rollback(scene.direct, false);
    assertThat(recap.hosts().get("cp1").wouldChange()).isEqualTo(2);
    assertThat(scene.text()).contains("-first", "+old", "DRY RUN");
    assertThat(applied.differences(scene.tree())).isEmpty();
  }

  @Test
  void refusesAllOfItWhenOneFileWasChangedSinceAndShowsTheDifference() {
    String run = apply("first\n");
    scene.host.run("echo mine >/etc/app/one");
    Tree changed = scene.tree();
    assertThat(Scene.code(scene.rollback())).isEqualTo(ExitCode.REFUSED);
    assertThat(scene.failed().problem().got())
        .isEqualTo("/etc/app/one was changed since run " + run);
    assertThat(scene.text()).contains("-old", "+mine");
    assertThat(changed.differences(scene.tree())).isEmpty();
  }

  @Test
  void refusesAlsoWhenTheFileIsGoneOrIsSomethingElseByNow() {
    apply("first\n");
    for (String act :
        List.of(
            "rm one", "rm -f one; mkdir one", "rmdir one; ln -s two one", "rm one; mkfifo one")) {
      scene.host.run("cd /etc/app && " + act);
      assertThat(Scene.code(scene.rollback())).as(act).isEqualTo(ExitCode.REFUSED);
      assertThat(scene.failed().problem().got()).contains("/etc/app/one was changed since");
      assertThat(scene.told(RunEvent.TaskEnded.class).get(0).diffs()).isNotEmpty();
    }
  }

  @Test
  void takesAFileThatSomebodyHasPutBackAlreadyAsDone() {
    apply("first\n");
    scene.host.run("cd /etc/app && echo old >one && chmod 640 one && touch -d 2020-01-01 one");
    scene.well(scene.rollback());
    assertThat(scene.undone()).containsExactly("restore /etc/app/two");
    assertThat(scene.differences(before)).isEmpty();
  }

  @Test
  void refusesASecondTime() {
    String run = apply("first\n");
    scene.well(scene.rollback(run));
    assertThat(Scene.code(scene.rollback(run))).isEqualTo(ExitCode.REFUSED);
    assertThat(scene.failed().problem().got()).isEqualTo("it is rolled back already");
    assertThat(Scene.code(scene.rollback())).isEqualTo(ExitCode.REFUSED);
    assertThat(scene.failed().problem().got())
        .isEqualTo("the host keeps no journal of one made by this user");
  }

  @Test
  void refusesARunThatTheHostDoesNotKnow() {
    assertThat(Scene.code(scene.rollback("20200101T000000-0000"))).isEqualTo(ExitCode.REFUSED);
    assertThat(scene.failed().problem().got()).contains("no journal of run 20200101T000000-0000");
    assertThat(Scene.code(scene.rollback("../../../etc"))).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void refusesAnOlderRunWhileALaterOneStandsOnItAndNamesThat() {
    String first = apply("first\n");
    String second = apply("second\n");
    assertThat(Scene.code(scene.rollback(first))).isEqualTo(ExitCode.REFUSED);
    assertThat(scene.failed().problem().got())
        .isEqualTo("later run " + second + " (ropes, applied) altered /etc/app/one, /etc/app/two");
    assertThat(scene.failed().problem().advice()).contains("belay rollback cp1 " + second);
    scene.well(scene.rollback(second));
    scene.well(scene.rollback(first));
    assertThat(scene.differences(before)).isEmpty();
  }

  @Test
  void refusesARunWhoseDirectoryALaterOneHasFilled() {
    scene.well(scene.apply(new DirectoryPresent(RemotePath.of("/etc/new"))));
    String first = scene.newest();
    scene.well(scene.apply(new FilePresent(RemotePath.of("/etc/new/file")).content("x")));
    assertThat(Scene.code(scene.rollback(first))).isEqualTo(ExitCode.REFUSED);
    assertThat(scene.failed().problem().got()).contains("altered /etc/new/file");
  }

  @Test
  void leavesADirectoryThatSomebodyHasFilledAndSaysSo() {
    scene.well(scene.apply(new DirectoryPresent(RemotePath.of("/etc/new"))));
    scene.host.run("echo log >/etc/new/audit.log");
    scene.well(scene.rollback());
    assertThat(scene.warnings())
        .containsExactly("directory /etc/new stays, for by now it holds audit.log");
    assertThat(scene.host.run("cat /etc/new/audit.log")).isEqualTo("log\n");
  }

  @Test
  void isItselfARunThatCanBeRolledBack() {
    String first = apply("first\n");
    scene.well(scene.rollback(first));
    String rollback = scene.newest();
    scene.well(scene.rollback(rollback));
    assertThat(scene.host.run("cat /etc/app/one")).isEqualTo("first\n");
    assertThat(scene.runs())
        .extracting(run -> run.run() + " " + run.state())
        .contains(first + " applied", rollback + " rolled-back");
    scene.well(scene.rollback(first));
    assertThat(scene.differences(before)).isEmpty();
  }

  @Test
  void listsWhatHasNoUndoAndStays() {
    scene.well(
        scene.apply(
            file("one", "first\n"),
            CommandLine.of("touch", "/etc/app/made").creates("/etc/app/made")));
    assertThat(Scene.code(scene.rollback())).isEqualTo(ExitCode.FAILED);
    assertThat(scene.remaining())
        .containsExactly("run touch /etc/app/made: nobody said how the command is undone");
    assertThat(scene.host.run("cat /etc/app/one")).isEqualTo("old\n");
  }

  @Test
  void goesOnAndListsWhatAnEditInTheMiddleKeepsItFromUndoing() {
    apply("first\n");
    var connector = Tapped.before(scene.direct, 3, () -> scene.host.run("echo mine >/etc/app/two"));
    assertThat(Scene.code(scene.rollback(connector, true))).isEqualTo(ExitCode.FAILED);
    assertThat(scene.undone()).containsExactly("restore /etc/app/one");
    assertThat(scene.remaining()).hasSize(1);
    assertThat(scene.remaining().get(0)).startsWith("restore /etc/app/two: expected ");
    assertThat(scene.host.run("cat /etc/app/two")).isEqualTo("mine\n");
  }

  @Test
  void refusesADamagedJournal() {
    String run = apply("first\n");
    scene.host.run("echo '{' >/var/lib/belay/" + run + "/0001/intent");
    assertThat(Scene.code(scene.rollback())).isEqualTo(ExitCode.REFUSED);
    assertThat(scene.failed().problem().got()).contains("journal");
    assertThat(scene.host.run("cat /etc/app/one")).isEqualTo("first\n");
  }
}

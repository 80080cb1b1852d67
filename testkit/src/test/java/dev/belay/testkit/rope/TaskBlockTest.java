package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.builtin.command.ReversibleCommand;
import dev.belay.core.builtin.file.FileAbsent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.Connector;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.step.Condition;
import dev.belay.core.step.PlayPart;
import dev.belay.core.step.Task;
import dev.belay.core.step.TaskBlock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is run when a task of a block fails, on a host over SSH. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TaskBlockTest {

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

  /** Its directory does not exist, which planning sees. */
  private static final FilePresent NOWHERE = file("no/file");

  /** Fails where no check can see it, and leaves something behind. */
  private static ReversibleCommand breaks(String name) {
    return CommandLine.of("sh", "-c", "echo half >/etc/app/" + name + "; exit 3")
        .creates("/etc/app/never")
        .undoneBy("rm", "-f", "/etc/app/" + name);
  }

  private static Recap run(boolean apply, PlayPart... parts) {
    Play play = Play.of("play").tasks(parts);
    return scene.run(scene.direct, apply, new Playbook("blocks", List.of(play)));
  }

  private static Recap.Counts counts(Recap recap) {
    return recap.hosts().get("cp1");
  }

  private static String listed() {
    return scene.host.run("cd /etc/app && echo *").strip();
  }

  @Test
  void skipsTheRescueWhereNothingFails() {
    TaskBlock block = TaskBlock.of(file("a"), file("b")).rescue(file("c")).always(file("d"));
    Recap check = run(false, block, file("e"));
    assertThat(counts(check).wouldChange()).isEqualTo(4);
    assertThat(counts(check).skipped()).isEqualTo(1);
    assertThat(scene.text()).contains("(runs only when a task of its block fails)");
    Recap apply = run(true, block, file("e"));
    scene.well(apply);
    assertThat(counts(apply).changed()).isEqualTo(4);
    assertThat(listed()).isEqualTo("a b d e");
    assertThat(counts(run(true, block, file("e"))).changed()).isZero();
  }

  @Test
  void rescuesWhatFailsOnTheHost() {
    TaskBlock block =
        TaskBlock.of(file("a"), breaks("half"), file("b"))
            .rescue(file("c").when(new Condition.Exists(RemotePath.of("/etc/app/half"))))
            .always(file("d"));
    Recap recap = run(true, block, file("e"));
    scene.well(recap);
    assertThat(counts(recap).rescued()).isEqualTo(1);
    assertThat(counts(recap).skipped()).isEqualTo(1);
    assertThat(scene.text())
        .contains("rescued", "exit 3", "(a task of its block has failed before)", "rescued=1");
    assertThat(listed()).isEqualTo("a c d e half");
    assertThat(scene.states()).containsExactly("applied");
    scene.well(scene.rollback());
    assertThat(scene.host.run("ls /etc/app")).isEmpty();
  }

  @Test
  void tellsTheSameInCheckAndApplyOfAFailureThatIsKnown() {
    TaskBlock block = TaskBlock.of(file("a"), NOWHERE, file("b")).rescue(file("c"));
    Recap check = run(false, block, file("e"));
    assertThat(Scene.code(check)).isEqualTo(ExitCode.OK);
    assertThat(counts(check).wouldChange()).isEqualTo(3);
    assertThat(counts(check).rescued()).isEqualTo(1);
    Recap apply = run(true, block, file("e"));
    scene.well(apply);
    assertThat(counts(apply).rescued()).isEqualTo(1);
    assertThat(listed()).isEqualTo("a c e");
    assertThat(scene.states()).containsExactly("applied");
  }

  @Test
  void letsARescueTakeBackWhatItsBlockHasDone() {
    TaskBlock block =
        TaskBlock.of(file("a"), NOWHERE).rescue(new FileAbsent(RemotePath.of("/etc/app/a")));
    assertThat(Scene.code(run(false, block))).isEqualTo(ExitCode.OK);
    scene.well(run(true, block));
    assertThat(scene.host.run("ls /etc/app")).isEmpty();
  }

  @Test
  void doesWhatAlwaysStandsAtTheEndAndThenFails() {
    TaskBlock block = TaskBlock.of(file("a"), breaks("half"), file("b")).always(file("d"));
    Recap recap = run(true, block, file("e"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().got()).startsWith("exit 3");
    assertThat(counts(recap).rescued()).isZero();
    assertThat(listed()).isEqualTo("a d half");
    assertThat(scene.states()).containsExactly("failed");
  }

  @Test
  void doesWhatAlwaysStandsAtTheEndWhenTheRescueFailsToo() {
    TaskBlock block =
        TaskBlock.of(breaks("half")).always(file("d")).rescue(breaks("worse"), file("c"));
    Recap recap = run(true, block, file("e"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(counts(recap).rescued()).isEqualTo(1);
    assertThat(counts(recap).failed()).isEqualTo(1);
    assertThat(listed()).isEqualTo("d half worse");
  }

  @Test
  void writesNothingWhereThePlanIsKnownToFail() {
    TaskBlock block = TaskBlock.of(file("a"), NOWHERE).always(file("d"));
    assertThat(Scene.code(run(false, block))).isEqualTo(ExitCode.FAILED);
    assertThat(Scene.code(run(true, block))).isEqualTo(ExitCode.FAILED);
    assertThat(scene.host.run("ls /etc/app")).isEmpty();
  }

  /** What a command has done shows that the task behind it cannot be done. */
  @Test
  void catchesAPlanThatFailsHalfWay() {
    ReversibleCommand fills =
        CommandLine.of("sh", "-c", "echo x >/etc/app/dir").creates("/etc/app/dir").undoneBy("true");
    FilePresent inside = file("dir/file");
    TaskBlock ends = TaskBlock.of(fills, inside, file("b")).always(file("d"));
    Recap recap = run(true, ends, file("e"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(listed()).isEqualTo("d dir");
    arrange();
    TaskBlock mends = TaskBlock.of(fills, inside, file("b")).rescue(file("c")).always(file("d"));
    scene.well(run(true, mends, file("e")));
    assertThat(listed()).isEqualTo("c d dir e");
  }

  @Test
  void placesTheSameTaskTwice() {
    Task same = breaks("half").task();
    TaskBlock block = TaskBlock.of(file("a"), same, same).rescue(file("c"));
    Recap recap = run(true, same.ignoringErrors(), block);
    scene.well(recap);
    assertThat(counts(recap).rescued()).isEqualTo(1);
    assertThat(counts(recap).ignored()).isEqualTo(1);
    assertThat(listed()).isEqualTo("a c half");
  }

  @Test
  void putsConditionsAndTagsOnAllOfIt() {
    TaskBlock block =
        TaskBlock.of(file("a"))
            .rescue(file("c"))
            .always(file("d"))
            .when(new Condition.Exists(RemotePath.of("/nowhere")))
            .tagged("some");
    Recap recap = run(true, block);
    assertThat(counts(recap).skipped()).isEqualTo(3);
    assertThat(block.tasks()).allMatch(task -> task.tags().contains("some"));
    assertThatThrownBy(TaskBlock::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a block needs a task");
  }

  /** Two tasks want opposite things, which no rescue mends. */
  @Test
  void rescuesNoPlanThatContradictsItself() {
    TaskBlock block = TaskBlock.of(file("a")).rescue(file("c"));
    FileAbsent opposite = new FileAbsent(RemotePath.of("/etc/app/a"));
    assertThat(Scene.code(run(false, block, opposite))).isEqualTo(ExitCode.FAILED);
    Recap apply = run(true, block, opposite);
    assertThat(Scene.code(apply)).isEqualTo(ExitCode.FAILED);
    assertThat(counts(apply).rescued()).isZero();
    assertThat(scene.host.run("ls /etc/app")).isEmpty();
  }

  /** Makes a file where the task behind it wants a directory. */
  private static ReversibleCommand fills() {
    return CommandLine.of("sh", "-c", "echo x >/etc/app/dir")
        .creates("/etc/app/dir")
        .undoneBy("true");
  }

  @Test
  void doesWhatAlwaysStandsAtTheEndWhereATaskBehindTheBlockIsFoundToFail() {
    TaskBlock block = TaskBlock.of(fills(), file("b")).rescue(file("c")).always(file("d"));
    Recap recap = run(true, block, file("e"), file("dir/inside"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().task()).contains("dir/inside");
    assertThat(counts(recap).rescued()).isZero();
    assertThat(listed()).isEqualTo("d dir");
    assertThat(scene.states()).containsExactly("failed");
  }

  @Test
  void doesTheRescueWhereATaskBehindTheBlockIsFoundToFail() {
    TaskBlock block = TaskBlock.of(breaks("half")).rescue(fills(), file("c")).always(file("d"));
    Recap recap = run(true, block, file("e"), file("dir/inside"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(listed()).isEqualTo("c d dir half");
    assertThat(counts(recap).rescued()).isEqualTo(1);
  }

  @Test
  void countsABlockThatIsPlacedTwiceAsTwo() {
    TaskBlock block = TaskBlock.of(file("a"), breaks("half")).rescue(file("c"));
    Recap recap = run(true, block, breaks("half").ignoringErrors(), block);
    scene.well(recap);
    assertThat(counts(recap).rescued()).isEqualTo(2);
    assertThat(counts(recap).skipped()).isZero();
  }

  @Test
  void refusesARescueThatRunsOnce() {
    assertThatThrownBy(() -> TaskBlock.of(file("a")).rescue(file("c").once()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("runs once", "rescue");
  }

  /** Applies while somebody changes the file "drift" between its plan and its change. */
  private static Recap runWhileDrifting(PlayPart... parts) {
    scene.host.run("echo old >/etc/app/drift; chmod 644 /etc/app/drift");
    Connector meanwhile =
        Tapped.before(scene.direct, 2, () -> scene.host.run("echo other >/etc/app/drift"));
    Play play = Play.of("play").tasks(parts);
    return scene.run(meanwhile, true, new Playbook("blocks", List.of(play)));
  }

  @Test
  void catchesAChangeThatWasRefused() {
    TaskBlock block = TaskBlock.of(file("a"), file("drift")).rescue(file("c")).always(file("d"));
    Recap recap = runWhileDrifting(block, file("e"));
    scene.well(recap);
    assertThat(counts(recap).rescued()).isEqualTo(1);
    assertThat(listed()).isEqualTo("a c d drift e");
  }

  @Test
  void leavesABlockAloneWhoseFirstChangeWasRefused() {
    TaskBlock block = TaskBlock.of(file("drift"), file("b")).always(file("d"));
    Recap recap = runWhileDrifting(block, file("e"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.REFUSED);
    assertThat(listed()).isEqualTo("drift");
  }

  @Test
  void doesNothingAtTheEndOfABlockThatWasPlannedButNotBegun() {
    TaskBlock first = TaskBlock.of(file("drift")).rescue(fills());
    Condition filled = new Condition.Exists(RemotePath.of("/etc/app/dir"));
    TaskBlock second = TaskBlock.of(file("b"), file("dir/inside").when(filled)).always(file("d"));
    Recap recap = runWhileDrifting(first, second);
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().task()).contains("dir/inside");
    assertThat(scene.host.run("cat /etc/app/*")).isEqualTo("x\nother\n");
  }
}

package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.builtin.command.ReversibleCommand;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.Connector;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.step.Handler;
import dev.belay.core.step.Health;
import dev.belay.core.step.PlayPart;
import dev.belay.core.step.Step;
import dev.belay.core.step.TaskBlock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers and health of tasks in blocks that fail, on a host over SSH. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BlockHandlersTest {

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

  /** Applies while somebody changes the file "drift" between its plan and its change. */
  private static Recap runWhileDrifting(PlayPart... parts) {
    scene.host.run("echo old >/etc/app/drift; chmod 644 /etc/app/drift");
    Connector meanwhile =
        Tapped.before(scene.direct, 2, () -> scene.host.run("echo other >/etc/app/drift"));
    Play play = Play.of("play").tasks(parts);
    return scene.run(meanwhile, true, new Playbook("blocks", List.of(play)));
  }

  private static String listed() {
    return scene.host.run("cd /etc/app && echo *").strip();
  }

  /** Needs a file of its own, so that a test can let it fail. */
  private static final Handler HANDLER =
      new Handler(
          "reload",
          Events.doing(
              CommandLine.of("sh", "-c", "rm /etc/app/ready && touch /etc/app/reloaded")
                  .creates("/etc/app/never")));

  /** A step of which the host's health hangs. */
  private record Vital(Step step) implements Step {
    @Override
    public String label() {
      return step.label();
    }

    @Override
    public List<Fact<?>> reads() {
      return step.reads();
    }

    @Override
    public List<? extends Change> plan(Facts facts) {
      return step.plan(facts);
    }

    @Override
    public Optional<Health> health(Facts facts) {
      String look = "test ! -e /etc/app/half";
      return Optional.of(
          new Health("app", "half is gone", look, "ls", look, Duration.ofSeconds(5)));
    }
  }

  /** Else the next check would call the host's health unknown. */
  @Test
  void seesTheHealthThatATaskWhichFailedCouldNotSee() {
    TaskBlock mends =
        TaskBlock.of(new Vital(breaks("half")))
            .rescue(CommandLine.of("rm", "/etc/app/half").creates("/etc/app/never"));
    scene.well(run(true, mends));
    assertThat(scene.handlers()).containsExactly("health of app: CHANGED");
    run(false, file("e"));
    assertThat(scene.handlers()).as("nothing is owed").isEmpty();
    TaskBlock leaves = TaskBlock.of(new Vital(breaks("half"))).rescue(file("c"));
    assertThat(Scene.code(run(true, leaves))).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().task()).isEqualTo("health of app");
  }

  @Test
  void runsNoHandlerOfATaskThatWasNotDone() {
    scene.host.run("touch /etc/app/ready");
    TaskBlock block =
        TaskBlock.of(file("drift"), file("b").notifies(HANDLER))
            .rescue(file("c"))
            .always(file("d").notifies(new Handler("other", HANDLER.event())));
    scene.well(runWhileDrifting(block));
    assertThat(scene.handlers()).containsExactly("other: CHANGED");
    assertThat(listed()).isEqualTo("c d drift reloaded");
  }

  /** What was first planned behind a task that failed is noted once it is done after all. */
  @Test
  void owesAHandlerThatIsNotifiedBehindTheBlock() {
    TaskBlock block = TaskBlock.of(file("drift")).rescue(file("c"));
    Recap recap = runWhileDrifting(block, file("e").notifies(HANDLER));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(listed()).isEqualTo("c drift e");
    scene.host.run("touch /etc/app/ready");
    run(true, file("e").notifies(HANDLER));
    assertThat(scene.handlers()).containsExactly("reload: CHANGED");
  }

  /** A handler that only a task of the block makes impossible. */
  @Test
  void doesWhatAlwaysStandsAtTheEndWhereAHandlerCannotRunAnyMore() {
    scene.host.run("mkdir -m 755 /etc/app/dir");
    ReversibleCommand removes =
        CommandLine.of("sh", "-c", "rmdir /etc/app/dir && touch /etc/app/gone")
            .creates("/etc/app/gone")
            .undoneBy("true");
    Handler inside = new Handler("inside", Events.doing(file("dir/inside")));
    TaskBlock block = TaskBlock.of(removes.notifies(inside)).always(file("d"));
    Recap recap = run(true, block);
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().task()).isEqualTo("handler inside");
    assertThat(listed()).isEqualTo("d gone");
  }

  @Test
  void doesWhatAlwaysStandsAtTheEndWhereAHandlerIsFoundToFail() {
    Handler refused = new Handler("refused", Events.refused());
    TaskBlock block =
        TaskBlock.of(breaks("half")).rescue(file("c").notifies(refused)).always(file("d"));
    Recap recap = run(true, block, file("e"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(listed()).isEqualTo("d half");
  }
}

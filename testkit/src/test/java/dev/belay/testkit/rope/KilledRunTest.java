package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.builtin.file.DirectoryPresent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.Tree;
import dev.belay.testkit.host.EmbeddedHost;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A run whose session is killed at its n-th step, for every n with {@code
 * -Dbelay.killpoints.stride=1}, else for some.
 */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class KilledRunTest {

  private static final int STRIDE = Integer.getInteger("belay.killpoints.stride", 13);

  private static final String ARRANGE =
      "rm -rf /var/lib/belay /etc/old /etc/new /opt/made; mkdir -m 755 /etc/old"
          + " && echo old >/etc/old/motd && chmod 640 /etc/old/motd && echo gone >/etc/old/gone"
          + " && touch -d 2020-01-01 /etc/old/motd /etc/old/gone && ln -s gone /etc/old/link";

  private static PlayItem[] items() {
    return new PlayItem[] {
      new DirectoryPresent(RemotePath.of("/etc/new/deep")).mode("0750").owner("daemon"),
      new FilePresent(RemotePath.of("/etc/new/deep/it's new")).content("new\n").mode("0600"),
      new FilePresent(RemotePath.of("/etc/old/motd")).content("changed\n").owner("daemon"),
      new FilePresent(RemotePath.of("/etc/old/link")).absent(),
      new FilePresent(RemotePath.of("/etc/old/gone")).absent(),
      new DirectoryPresent(RemotePath.of("/etc/old")).mode("0700").owner("daemon"),
      CommandLine.of("mkdir", "/opt/made").creates("/opt/made").undoneBy("rm", "-rf", "/opt/made"),
    };
  }

  /** Returns whether the run came to its end before the step. */
  private static boolean survives(Scene scene, int step) {
    Recap recap = scene.apply(KillPoints.at(scene, step), items());
    if (Scene.code(recap) == ExitCode.OK) {
      return true;
    }
    assertThat(scene.unreachable().problem().state())
        .containsAnyOf("for certain", "was about to begin");
    assertThat(scene.states()).isSubsetOf(List.of("unfinished", "applied"));
    return false;
  }

  private static Scene start(String shell) {
    return Scene.of(EmbeddedHost.Options.plain().withShell(Path.of(shell)));
  }

  @ParameterizedTest
  @CsvSource({"/bin/dash,1", "/bin/bash,4", "/bin/busybox,6"})
  void rollbackGivesTheTreeBack(String shell, int first) {
    try (Scene scene = start(shell)) {
      scene.host.run(ARRANGE);
      Tree before = scene.tree();
      int step = first;
      for (; !survives(scene, step); step += STRIDE) {
        String when = "killed at step " + step + scene.text();
        if (!scene.states().isEmpty()) {
          assertThat(Scene.code(scene.rollback())).as(when + scene.text()).isEqualTo(ExitCode.OK);
        }
        // The cp of busybox does not keep the times of links.
        String leftOut = shell.endsWith("busybox") ? "/etc/old/link" : "/none";
        assertThat(scene.differences(before, leftOut)).as(when + scene.text()).isEmpty();
        assertThat(scene.states()).isSubsetOf(List.of("rolled-back", "applied"));
        scene.host.run("rm -rf /var/lib/belay");
      }
      assertThat(step).as("steps of a whole run").isGreaterThan(50);
    }
  }

  @Test
  void applyCompletesItAndBothCanBeRolledBack() {
    try (Scene scene = Scene.plain()) {
      scene.host.run(ARRANGE);
      Tree before = scene.tree();
      for (int step = 3; !survives(scene, step); step += STRIDE) {
        String when = "killed at step " + step + scene.text();
        boolean unfinished = scene.states().contains("unfinished");
        scene.check(items());
        assertThat(scene.warnings().stream().anyMatch(text -> text.contains("was cut off")))
            .as(when)
            .isEqualTo(unfinished);
        Recap again = scene.apply(items());
        assertThat(Scene.code(again)).as(when + scene.text()).isEqualTo(ExitCode.OK);
        assertThat(scene.host.run("find /etc/old /etc/new -name '.belay*'")).as(when).isEmpty();
        if (unfinished && again.hosts().get("cp1").changed() > 0) {
          assertThat(scene.warnings()).as(when).anyMatch(text -> text.contains("tester@here, run"));
        }
        while (scene.runs().stream()
            .anyMatch(r -> r.header().undoes().isEmpty() && !r.state().equals("rolled-back"))) {
          assertThat(Scene.code(scene.rollback())).as(when + scene.text()).isEqualTo(ExitCode.OK);
        }
        assertThat(scene.differences(before)).as(when).isEmpty();
        scene.host.run("rm -rf /var/lib/belay");
      }
    }
  }

  @Test
  void aRollbackThatWasKilledCanBeRunAgain() {
    try (Scene scene = Scene.plain()) {
      scene.host.run(ARRANGE);
      Tree before = scene.tree();
      boolean survived = false;
      for (int step = 2; !survived; step += STRIDE) {
        scene.well(scene.apply(items()));
        survived = Scene.code(scene.rollback(KillPoints.at(scene, step), true)) == ExitCode.OK;
        String when = "killed at step " + step + scene.text();
        if (!survived) {
          scene.unreachable();
          if (!scene.states().get(0).equals("rolled-back")) {
            assertThat(scene.states().get(0)).isIn("applied", "rolling-back");
            assertThat(Scene.code(scene.rollback())).as(when + scene.text()).isEqualTo(ExitCode.OK);
          }
        }
        assertThat(scene.differences(before)).as(when + scene.text()).isEmpty();
        scene.host.run("rm -rf /var/lib/belay");
      }
    }
  }
}

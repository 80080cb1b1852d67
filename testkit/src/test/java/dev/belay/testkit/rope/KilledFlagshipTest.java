package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.pkg.PackageNames;
import dev.belay.core.builtin.service.UnitNames;
import dev.belay.core.builtin.yaml.YamlKeys;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.Connector;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.step.Handler;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.Tree;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run like the flagship's, with static pod, package and service, killed half way. */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class KilledFlagshipTest {

  private static final UnitNames FALCO = UnitNames.of("falco-modern-bpf");
  private static final Handler RESTART = new Handler("restart falco", FALCO.restarted());

  /** What API server, dpkg and apt note of their own doings. */
  private static final String[] NOTES = {
    "/var/log", "/var/lib/dpkg", "/var/lib/apt", "/var/cache", "/var/lib/systemd"
  };

  private static Scene scene;
  private Tree before;

  @BeforeAll
  static void start() {
    scene = Scene.controlPlane();
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  @BeforeEach
  void arrange() {
    scene.host.run("rm -rf /var/lib/belay /var/log/kubernetes");
    before = scene.tree();
  }

  private static PlayItem[] items() {
    return new PlayItem[] {
      HealthRollbackTest.log(),
      HealthRollbackTest.policy("omega"),
      HealthRollbackTest.pod(),
      PackageNames.of("falco").installed().environment("FALCO_DRIVER_CHOICE", "modern_ebpf"),
      new YamlKeys(RemotePath.of("/etc/falco/falco.yaml"))
          .set("file_output.enabled", true)
          .notifies(RESTART),
      FALCO.running().enabled(),
    };
  }

  private boolean completes(Connector connector) {
    Recap recap = scene.apply(connector, items());
    if (Scene.code(recap) == ExitCode.OK) {
      return true;
    }
    scene.unreachable();
    return false;
  }

  /** Rolls every run back, the newest first. */
  private void rollBackAll(String when) {
    while (scene.states().stream()
            .anyMatch(state -> !state.equals("rolled-back") && !state.equals("applied"))
        || scene.runs().stream()
            .anyMatch(run -> run.header().undoes().isEmpty() && run.state().equals("applied"))) {
      Recap recap = scene.rollback();
      assertThat(Scene.code(recap)).as(when + scene.text()).isEqualTo(ExitCode.OK);
    }
    assertThat(scene.differences(before, NOTES)).as(when).isEmpty();
  }

  @Test
  void canBeRolledBackOrCompletedWhereverTheSessionWasKilled() {
    scene.well(scene.apply(KillPoints.at(scene, 0), items()));
    int steps = KillPoints.counted(scene);
    rollBackAll("whole run");
    int stride = Integer.getInteger("belay.killpoints.stride", Math.max(1, steps / 8));
    System.out.println(steps + " steps");
    boolean again = false;
    for (int step = stride / 2 + 1; step < steps; step += stride) {
      arrange();
      assertThat(completes(KillPoints.at(scene, step)))
          .as("step " + step + KillPoints.counted(scene) + scene.text())
          .isFalse();
      String when = "killed at step " + step + "\n" + scene.text();
      if (again) {
        Recap recap = scene.apply(items());
        if (Scene.code(recap) != ExitCode.OK) {
          assertThat(scene.failed().problem().toString()).as(when).contains("dpkg --configure -a");
        }
      }
      rollBackAll(when + scene.text());
      again = !again;
    }
  }

  /** Kills the session once systemctl is called by the package's own script. */
  @Test
  void undoesAPackageThatWasHalfInstalled() {
    scene.host.run(
        "mv /usr/bin/systemctl /usr/bin/systemctl.real && cat >/usr/bin/systemctl <<'END'\n"
            + "#!/bin/sh\n[ -z \"$DPKG_MAINTSCRIPT_NAME\" ] || kill -9 0\nexec /usr/bin/systemctl.real \"$@\"\nEND\n"
            + "chmod 755 /usr/bin/systemctl");
    try {
      assertThat(completes(scene.direct)).isFalse();
    } finally {
      scene.host.run("mv /usr/bin/systemctl.real /usr/bin/systemctl");
    }
    assertThat(scene.host.run("dpkg-query -W -f '${db:Status-Status}' falco"))
        .isEqualTo("half-configured");
    assertThat(Scene.code(scene.apply(items()))).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().toString()).contains("dpkg --configure -a");
    rollBackAll("half configured");
    assertThat(scene.host.run("dpkg-query -W falco 2>&1 || :")).contains("no packages found");
    assertThat(List.of(scene.states().get(0))).containsExactly("rolled-back");
  }
}

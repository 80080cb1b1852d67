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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 600, unit = TimeUnit.SECONDS)
class KilledRunTest {

  private static final String ARRANGE =
      "mkdir -m 755 /etc/old && echo old >/etc/old/motd && chmod 640 /etc/old/motd"
          + " && echo gone >/etc/old/gone && touch -d 2020-01-01 /etc/old/motd /etc/old/gone";

  private static PlayItem[] items() {
    return new PlayItem[] {
      new DirectoryPresent(RemotePath.of("/etc/new/deep")).mode("0750").owner("daemon"),
      new FilePresent(RemotePath.of("/etc/new/deep/it's new")).content("new\n").mode("0600"),
      new FilePresent(RemotePath.of("/etc/old/motd")).content("changed\n").owner("daemon"),
      new FilePresent(RemotePath.of("/etc/old/gone")).absent(),
      new DirectoryPresent(RemotePath.of("/etc/old")).mode("0700").owner("daemon"),
      CommandLine.of("mkdir", "/opt/made").creates("/opt/made").undoneBy("rm", "-rf", "/opt/made"),
    };
  }

  private static boolean survived(Scene scene, int step) {
    Recap recap = scene.apply(KillPoints.at(scene, step), items());
    if (ExitCode.of(recap, false) == ExitCode.OK) {
      return true;
    }
    scene.unreachable();
    return false;
  }

  @Test
  void rollbackGivesTheTreeBackWhereverTheSessionWasKilled() {
    try (Scene scene = Scene.plain()) {
      scene.host.run(ARRANGE);
      Tree before = scene.tree();
      List<String> wrong = new ArrayList<>();
      int step = 1;
      while (!survived(scene, step)) {
        String told = scene.text();
        List<String> states = scene.states();
        if (!states.isEmpty()) {
          Recap recap = scene.rollback();
          if (Scene.code(recap) != ExitCode.OK) {
            wrong.add("step " + step + ": " + states + told + scene.text());
          }
        }
        List<String> left = scene.differences(before);
        if (!left.isEmpty()) {
          wrong.add("step " + step + " left " + left + "\n" + told + scene.text());
          scene.host.run("rm -rf /etc/old /etc/new /opt/made; " + ARRANGE);
        }
        scene.host.run("rm -rf /var/lib/belay");
        step++;
      }
      System.out.println("steps " + step);
      assertThat(String.join("\n", wrong)).isEmpty();
    }
  }
}

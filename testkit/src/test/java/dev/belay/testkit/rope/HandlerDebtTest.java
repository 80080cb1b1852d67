package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.builtin.service.UnitNames;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.RunEvent;
import dev.belay.core.step.Handler;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.Tree;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class HandlerDebtTest {

  private static final String UNIT =
      "[Unit]\\nDescription=x\\n[Service]\\nExecStart=/bin/sh -c 'test ! -e /etc/bad \\&\\& exec sleep 1000'\\n";
  private static final Handler RESTART =
      new Handler("restart app", UnitNames.of("app").restarted());

  private static Scene scene;

  @BeforeAll
  static void start() {
    scene = Scene.services();
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  @BeforeEach
  void arrange() {
    scene.host.run(
        "rm -rf /var/lib/belay /etc/app* /etc/bad; printf '%b' \""
            + UNIT.replace("\\&", "&")
            + "\" >/etc/systemd/system/app.service; systemctl daemon-reload; systemctl restart app");
  }

  private static FilePresent file(String name, String content) {
    return new FilePresent(RemotePath.of("/etc/" + name)).content(content);
  }

  /** Fails until the file is there. */
  private static PlayItem failing() {
    return CommandLine.of("ls", "/etc/app.gate")
        .unless("test", "-e", "/etc/app.gate")
        .undoneBy("true");
  }

  private static String pid() {
    return scene.host.run("systemctl show -p MainPID app");
  }

  private void failWithDebt() {
    assertThat(Scene.code(scene.apply(file("app", "one\n").notifies(RESTART), failing())))
        .isEqualTo(ExitCode.FAILED);
    assertThat(scene.warnings())
        .contains("this handler was notified and has not run; the next apply on this host runs it");
  }

  @Test
  void runsOnceThoughTwoTasksNotifyIt() {
    String before = pid();
    scene.well(
        scene.apply(
            file("app", "one\n").notifies(RESTART), file("app2", "two\n").notifies(RESTART)));
    assertThat(scene.handlers()).containsExactly("restart app: CHANGED");
    assertThat(pid()).isNotEqualTo(before);
    assertThat(scene.host.run("ls /var/lib/belay")).doesNotContain("owed");
  }

  @Test
  void doesNotRunWhenNothingChanged() {
    scene.well(scene.apply(file("app", "one\n")));
    scene.well(scene.apply(file("app", "one\n").notifies(RESTART)));
    assertThat(scene.handlers()).isEmpty();
  }

  @Test
  void isKeptWhenTheRunFailsAndRunFirstByTheNextOne() {
    failWithDebt();
    String before = pid();
    scene.check(file("app", "one\n").notifies(RESTART));
    assertThat(scene.handlers()).containsExactly("restart app: WOULD_CHANGE");
    assertThat(scene.text()).contains("owed since an earlier run failed");
    assertThat(pid()).isEqualTo(before);
    scene.host.run("touch /etc/app.gate");
    scene.well(scene.apply(file("app", "one\n").notifies(RESTART), failing()));
    assertThat(scene.told(RunEvent.TaskEnded.class).get(0).task()).isEqualTo("restart app");
    assertThat(scene.handlers()).containsExactly("restart app: CHANGED");
    assertThat(pid()).isNotEqualTo(before);
    scene.well(scene.apply(file("app", "one\n").notifies(RESTART), failing()));
    assertThat(scene.handlers()).isEmpty();
  }

  @Test
  void isRunAlsoByAnotherPlaybookThatDoesNotKnowIt() {
    failWithDebt();
    String before = pid();
    scene.well(scene.apply(file("app3", "other\n")));
    assertThat(scene.handlers()).containsExactly("restart app: CHANGED");
    assertThat(pid()).isNotEqualTo(before);
    scene.well(scene.rollback());
    assertThat(scene.undone()).containsExactly("remove /etc/app3 again");
  }

  @Test
  void isOwedNoMoreOnceTheRunIsRolledBack() {
    Tree before = scene.tree();
    failWithDebt();
    scene.well(scene.rollback());
    String pid = pid();
    assertThat(scene.differences(before)).isEmpty();
    scene.well(scene.apply(file("app3", "other\n")));
    assertThat(scene.handlers()).isEmpty();
    assertThat(pid()).isEqualTo(pid);
  }

  @Test
  void staysOwedForAnEarlierRunWhenALaterOneIsRolledBack() {
    failWithDebt();
    scene.host.run("touch /etc/bad"); // the handler fails now, so the debt stays
    assertThat(Scene.code(scene.apply(file("app3", "x\n").notifies(RESTART))))
        .isEqualTo(ExitCode.FAILED);
    scene.host.run("rm /etc/bad");
    scene.well(scene.rollback());
    scene.well(scene.apply(file("app4", "other\n")));
    assertThat(scene.handlers()).containsExactly("restart app: CHANGED");
  }

  @Test
  void isTriedAgainAtTheEndWhenTheRunItselfMendsWhatWasInItsWay() {
    scene.host.run("touch /etc/bad");
    assertThat(Scene.code(scene.apply(file("app", "one\n").notifies(RESTART))))
        .isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().wanted()).isEqualTo("restart app.service");
    scene.well(scene.apply(new FilePresent(RemotePath.of("/etc/bad")).absent()));
    assertThat(scene.handlers()).containsExactly("restart app: CHANGED");
    assertThat(scene.warnings().get(0)).contains("it is run again at the end of this run");
    assertThat(scene.host.run("systemctl is-active app")).isEqualTo("active\n");
  }
}

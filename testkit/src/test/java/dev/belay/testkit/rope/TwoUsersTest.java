package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.file.DirectoryPresent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.Runner;
import dev.belay.core.step.Condition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays that follow each other as different users: the later one sees what the earlier one did. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TwoUsersTest {

  private static Scene scene;

  @BeforeAll
  static void start() {
    scene = Scene.plain();
  }

  @AfterAll
  static void end() {
    scene.close();
  }

  private static Recap run(boolean apply, Playbook playbook) {
    scene.events.clear();
    return new Runner(scene.direct, scene.events::add)
        .run(playbook, Inventory.literal("cp1,"), Optional.empty(), Scene.settings(apply));
  }

  private static Playbook both(String file) {
    return new Playbook(
        "both",
        List.of(
            Play.of("root")
                .become()
                .tasks(
                    new DirectoryPresent(RemotePath.of("/opt/app")),
                    new FilePresent(RemotePath.of("/opt/app/conf")).content("a\n")),
            Play.of("user").tasks(new FilePresent(RemotePath.of(file)).content("x\n"))));
  }

  private static Recap.Counts counts(boolean apply, String file) {
    Recap recap = run(apply, both(file));
    assertThat(scene.told(RunEvent.Failed.class)).as(scene.text()).isEmpty();
    return recap.hosts().get("cp1");
  }

  @BeforeEach
  void clean() {
    scene.host.run("rm -rf /opt/app /opt/other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/opt/app/new", "/opt/app/conf"})
  void doesNotKnowWhatAnEarlierPlayAlters(String file) {
    Recap.Counts check = counts(false, file);
    assertThat(check.wouldChange()).isEqualTo(2);
    assertThat(check.mayChange()).isEqualTo(1);
    assertThat(scene.text()).contains("an earlier play, as another user, may change it before");

    assertThat(counts(true, file).changed()).isEqualTo(3);
  }

  @Test
  void knowsWhatEarlierPlaysLeaveAlone() {
    assertThat(counts(false, "/opt/other").wouldChange()).isEqualTo(3);
    assertThat(counts(true, "/opt/other").changed()).isEqualTo(3);

    assertThat(counts(false, "/opt/app/new").wouldChange()).isEqualTo(1);
    assertThat(counts(true, "/opt/app/new").changed()).isEqualTo(1);
    assertThat(counts(false, "/opt/app/new").ok()).isEqualTo(3);
  }

  @Test
  void doesNotKnowWhatACommandWillSayAfterAnEarlierPlay() {
    Playbook playbook =
        new Playbook(
            "both",
            List.of(
                Play.of("root")
                    .become()
                    .tasks(new FilePresent(RemotePath.of("/opt/other")).content("x\n")),
                Play.of("user")
                    .tasks(
                        new FilePresent(RemotePath.of("/opt/app"))
                            .content("x\n")
                            .when(new Condition.Succeeds(List.of("test", "-e", "/opt/other"))))));
    assertThat(run(false, playbook).hosts().get("cp1").mayChange()).isEqualTo(1);
    assertThat(run(true, playbook).hosts().get("cp1").changed()).isEqualTo(2);
  }
}

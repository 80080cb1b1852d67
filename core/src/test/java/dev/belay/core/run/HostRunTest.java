package dev.belay.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.file.DirectoryPresent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.playbook.Play;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.PlayItem;
import dev.belay.core.transport.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostRunTest {

  @TempDir Path temp;
  private LocalHost host;
  private Path tree;

  @BeforeEach
  void makeHost() throws IOException {
    host = new LocalHost(temp.resolve("state"));
    tree = Files.createDirectory(temp.resolve("tree"));
  }

  private static List<PlayTask> tasks(PlayItem... items) {
    Play play = Play.of("play").tasks(items);
    return play.tasks().stream().map(task -> new PlayTask(play, task)).toList();
  }

  private RemotePath at(String name) {
    return RemotePath.of(tree.resolve(name).toString());
  }

  private List<RunEvent.Status> statuses() {
    return host.events.stream()
        .filter(RunEvent.TaskEnded.class::isInstance)
        .map(event -> ((RunEvent.TaskEnded) event).status())
        .toList();
  }

  @Test
  void predictsThenDoesThenHasNothingToDo() throws IOException {
    List<PlayTask> tasks =
        tasks(
            new DirectoryPresent(at("a/b")).mode("0750"),
            new FilePresent(at("a/b/c it's \"$x\".txt")).content("hello\n").mode("0600"));
    try (Shell shell = host.shell()) {
      host.run(shell, host.nextRun()).check(tasks, new EarlierPlays());
      assertThat(host.events).noneMatch(RunEvent.Failed.class::isInstance);
      assertThat(statuses())
          .containsExactly(RunEvent.Status.WOULD_CHANGE, RunEvent.Status.WOULD_CHANGE);
      assertThat(shell.roundTrips()).isEqualTo(1);
      assertThat(tree).isEmptyDirectory();
      host.events.clear();
      host.run(shell, host.nextRun()).apply(tasks, Optional.empty());
      assertThat(statuses()).containsExactly(RunEvent.Status.CHANGED, RunEvent.Status.CHANGED);
      assertThat(shell.roundTrips()).isEqualTo(4);
      assertThat(tree.resolve("a/b/c it's \"$x\".txt")).hasContent("hello\n");
      host.events.clear();
      host.run(shell, host.nextRun()).apply(tasks, Optional.empty());
      assertThat(statuses()).containsExactly(RunEvent.Status.OK, RunEvent.Status.OK);
      assertThat(shell.roundTrips()).isEqualTo(5);
    }
  }
}

package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.change.RunCommand;
import dev.belay.core.step.Place;
import dev.belay.core.step.TaskOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a change is tried again and ended, in every shell that hosts have. */
class AttemptsShellTest {

  private static final Duration AT_ONCE = Duration.ZERO;

  @TempDir Path home;

  private HostShell.Result attempts(String shell, TaskOptions options, String command) {
    String script = JournalScript.attempts(commandOf(command), options, true).script();
    return new HostShell(shell, home)
        .run("cd \"$HOME\"\n" + script + " || { echo \"failed $?\"; exit; }\necho well");
  }

  private static RunCommand commandOf(String command) {
    return new RunCommand(
        List.of("sh", "-c", command),
        Optional.empty(),
        Map.of(),
        Map.of(),
        Optional.of(Set.of()),
        Duration.ofMinutes(1));
  }

  private static TaskOptions times(int attempts, String... until) {
    return new TaskOptions(
        attempts, AT_ONCE, Optional.empty(), List.of(until), false, 0, Place.EACH);
  }

  private String file(String name) throws Exception {
    return Files.readString(home.resolve(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void triesAgainUntilItWorks(String shell) throws Exception {
    HostShell.Result result =
        attempts(shell, times(5), "echo x >>n; [ $(wc -l <n) -ge 3 ] || { echo no >&2; exit 7; }");
    assertThat(result.out()).isEqualTo("well\n");
    assertThat(file("n")).isEqualTo("x\nx\nx\n");
    assertThat(result.err()).isEqualTo("no\nno\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void failsWithTheStatusOfTheLastAttempt(String shell) throws Exception {
    assertThat(attempts(shell, times(3), "echo x >>n; exit 7").out()).isEqualTo("failed 7\n");
    assertThat(file("n")).isEqualTo("x\nx\nx\n");
    assertThat(attempts(shell, times(1), "exit 7").out()).isEqualTo("failed 7\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void looksAfterEachAttempt(String shell) throws Exception {
    String[] until = {"sh", "-c", "[ $(wc -l <n) -ge 3 ] || { echo 'not yet'; exit 4; }"};
    HostShell.Result well = attempts(shell, times(4, until), "echo x >>n");
    assertThat(well.out()).isEqualTo("well\n");
    assertThat(file("n")).isEqualTo("x\nx\nx\n");
    Files.delete(home.resolve("n"));
    HostShell.Result bad = attempts(shell, times(2, until), "echo x >>n");
    assertThat(bad.out()).isEqualTo("failed 1\n");
    assertThat(bad.err()).contains("ended with status 4: not yet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void endsWhatTakesTooLongWithAllThatItHasBegun(String shell) throws Exception {
    TaskOptions brief =
        new TaskOptions(
            2, AT_ONCE, Optional.of(Duration.ofSeconds(1)), List.of(), false, 0, Place.EACH);
    long start = System.nanoTime();
    HostShell.Result result =
        attempts(shell, brief, "echo x >>n; sleep 311 & echo $! >child; sleep 312; echo late");
    assertThat(result.out()).isEqualTo("failed 124\n");
    assertThat(result.err())
        .contains("it took longer than 1 s and was ended")
        .doesNotContain("Killed");
    assertThat(file("n")).isEqualTo("x\nx\n");
    assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(25).toNanos());
    Path process = Path.of("/proc", file("child").strip(), "cmdline");
    boolean gone = !Files.exists(process) || Files.readAllBytes(process).length == 0;
    assertThat(gone).as("the child of the child is ended").isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void whatIsInTimeKeepsItsStatus(String shell) {
    TaskOptions ample =
        new TaskOptions(
            1, AT_ONCE, Optional.of(Duration.ofSeconds(4217)), List.of(), false, 0, Place.EACH);
    assertThat(attempts(shell, ample, "exit 0").out()).isEqualTo("well\n");
    assertThat(attempts(shell, ample, "exit 9").out()).isEqualTo("failed 9\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void lookThatHangsIsEndedWithAllThatItHasBegunAndHasFailed(String shell) throws Exception {
    List<String> hangs = List.of("sh", "-c", "sleep 313 & echo $! >child; echo waiting; sleep 314");
    TaskOptions brief =
        new TaskOptions(
            2, AT_ONCE, Optional.of(Duration.ofSeconds(1)), hangs, false, 0, Place.EACH);
    HostShell.Result result = attempts(shell, brief, "echo x >>n");
    assertThat(result.out()).isEqualTo("failed 1\n");
    assertThat(result.err())
        .contains("sleep 314 took longer than 1 s and was ended: waiting")
        .doesNotContain("Killed");
    assertThat(file("n")).isEqualTo("x\nx\n");
    Path process = Path.of("/proc", file("child").strip(), "cmdline");
    boolean gone = !Files.exists(process) || Files.readAllBytes(process).length == 0;
    assertThat(gone).as("the child of the look is ended").isTrue();
    assertThat(home.resolve("entry")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void lookDoesNotWaitForWhatItLeavesRunning(String shell) throws Exception {
    String[] until = {"sh", "-c", "sleep 60 & echo $! >child; exit 0"};
    try {
      assertThat(attempts(shell, times(1, until), ":").out()).isEqualTo("well\n");
    } finally {
      ProcessHandle.of(Long.parseLong(file("child").strip())).ifPresent(ProcessHandle::destroy);
    }
  }

  @Test
  void lookWithoutTimeoutHasSixtySeconds() {
    TaskOptions options = times(3, "true");
    assertThat(JournalScript.attempts(commandOf("true"), options, true).script())
        .contains("b_looks 60 ");
    assertThat(options.deadline(Duration.ofMinutes(1)))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(6))
        .isLessThan(Duration.ofMinutes(7));
  }
}

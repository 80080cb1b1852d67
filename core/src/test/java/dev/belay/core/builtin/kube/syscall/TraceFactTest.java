package dev.belay.core.builtin.kube.syscall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.fact.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the real strace, on real processes of this machine that stand for those of containers. */
class TraceFactTest {

  private static final List<String> IDS =
      List.of("a".repeat(64), "b".repeat(64), "c".repeat(64), "d".repeat(64));
  private static final String QUIET = "while :; do sleep 0.1; done";
  private static final String KILLS = "while :; do kill -0 999999999 2>/dev/null; sleep 0.1; done";

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private Process start(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(false).start();
    started.add(process);
    return process;
  }

  /**
   * The question as the host gets it, with processes of ours where those of containers would be.
   */
  private static String question(TraceFact fact, Map<String, Process> processes) {
    StringBuilder ids = new StringBuilder("b_trace_ids() { :; ");
    processes.forEach((id, process) -> ids.append("echo " + id + " " + process.pid() + "; "));
    return fact.question()
        .replace("\nb_trace " + fact.seconds(), "\n" + ids + "}\nb_trace " + fact.seconds());
  }

  private Answer ask(String shell, String question) throws Exception {
    List<String> command = new ArrayList<>(List.of(shell.split(" ")));
    command.addAll(List.of("-c", question));
    Process asking = start(command.toArray(String[]::new));
    byte[] out = asking.getInputStream().readAllBytes();
    String err = new String(asking.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(asking.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Answer(asking.exitValue(), out, err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void findsTheOneOfThreeThatMakesACall(String shell) throws Exception {
    TraceFact fact = new TraceFact(IDS, List.of("kill", "ptrace"), 2);
    Map<String, Process> processes =
        Map.of(
            IDS.get(0), start("sh", "-c", QUIET),
            IDS.get(1), start("sh", "-c", KILLS),
            IDS.get(2), start("sh", "-c", QUIET));

    Map<String, TraceFact.Watched> seen = fact.parse(ask(shell, question(fact, processes)));

    assertThat(seen.keySet()).containsExactlyInAnyOrderElementsOf(IDS);
    assertThat(seen.get(IDS.get(3)).processes()).isZero();
    for (String id : IDS.subList(0, 3)) {
      TraceFact.Watched one = seen.get(id);
      assertThat(one.said()).isEmpty();
      assertThat(one.processes()).isEqualTo(1);
      assertThat(one.output().counts()).extracting(SyscallCount::name).contains("execve", "wait4");
      boolean guilty = id.equals(IDS.get(1));
      assertThat(one.output().counts().stream().filter(c -> c.name().equals("kill")).toList())
          .allMatch(kill -> kill.calls() > 0 && kill.errors() == kill.calls())
          .hasSize(guilty ? 1 : 0);
      assertThat(one.output().lines()).hasSizeGreaterThanOrEqualTo(guilty ? 1 : 0);
      assertThat(one.output().lines())
          .allMatch(line -> line.contains("kill(999999999, 0) = -1 ESRCH"));
    }
    processes.values().forEach(TraceFactTest::runsUntraced);
  }

  @Test
  void countsWhereNoCallIsForbidden() throws Exception {
    TraceFact fact = new TraceFact(IDS.subList(0, 1), List.of(), 1);
    Process process = start("sh", "-c", KILLS);

    TraceFact.Watched one =
        fact.parse(ask("dash", question(fact, Map.of(IDS.get(0), process)))).get(IDS.get(0));

    assertThat(one.output().counts()).extracting(SyscallCount::name).contains("kill");
    assertThat(one.output().lines()).isEmpty();
  }

  @Test
  void seesAllThreadsOfAProcess() throws Exception {
    TraceFact fact = new TraceFact(IDS.subList(0, 1), List.of("openat"), 2);
    Path source = Files.createTempDirectory("threads").resolve("Threads.java");
    Files.writeString(
        source,
        """
        public class Threads {
          public static void main(String[] args) throws Exception {
            Thread one = new Thread(() -> {
              try {
                for (;;) {
                  new java.io.FileReader("/proc/self/stat").close();
                  Thread.sleep(20);
                }
              } catch (Exception end) {
                throw new IllegalStateException(end);
              }
            });
            one.start();
            one.join();
          }
        }
        """);
    Process process =
        start(ProcessHandle.current().info().command().orElseThrow(), source.toString());
    await(() -> threads(process) > 5);

    TraceFact.Watched one =
        fact.parse(ask("dash", question(fact, Map.of(IDS.get(0), process)))).get(IDS.get(0));

    assertThat(one.processes()).isEqualTo(1);
    assertThat(one.output().lines())
        .map(line -> StraceEvent.parse(line).orElseThrow().pid().orElseThrow())
        .isNotEmpty()
        .doesNotContain((int) process.pid());
    runsUntraced(process);
  }

  @Test
  void saysWhatKeepsItFromTracing() throws Exception {
    TraceFact fact = new TraceFact(IDS.subList(0, 1), List.of(), 1);
    String question =
        question(fact, Map.of())
            .replace("b_trace_ids() { :; ", "b_trace_ids() { echo " + IDS.get(0) + " 999999999; ");

    TraceFact.Watched one = fact.parse(ask("dash", question)).get(IDS.get(0));

    assertThat(one.said()).anyMatch(line -> line.contains("999999999"));
  }

  /** However the one who asks ends, within a few seconds nothing of ours is left. */
  @ParameterizedTest
  @ValueSource(strings = {"parent", "TERM", "HUP", "KILL"})
  void leavesTheProcessRunningWhenNobodyAsksAnyMore(String end) throws Exception {
    TraceFact fact = new TraceFact(IDS.subList(0, 1), List.of("kill"), end.equals("KILL") ? 4 : 50);
    Process process = start("sh", "-c", KILLS);
    String question = question(fact, Map.of(IDS.get(0), process));
    Process above = // where HUP is ignored, as below nohup, no shell could hear of it
        start(
            "env",
            "--default-signal=HUP,TERM",
            "sh",
            "-c",
            "sh -c \"$1\" >/dev/null 2>&1 & echo $!; wait",
            "sh",
            question);
    long asking = Long.parseLong(above.inputReader().readLine());
    await(() -> !tracer(process).equals("0"));

    if (end.equals("parent")) {
      above.destroyForcibly();
    } else {
      start("kill", "-" + end, Long.toString(asking)).waitFor();
    }

    await(() -> tracer(process).equals("0"));
    runsUntraced(process);
    await(() -> ProcessHandle.allProcesses().noneMatch(p -> traces(p, process)));
  }

  private static boolean traces(ProcessHandle any, Process process) {
    String[] words = any.info().arguments().orElse(new String[0]);
    return any.info().command().orElse("").endsWith("strace")
        && List.of(words).contains(Long.toString(process.pid()));
  }

  private static void runsUntraced(Process process) {
    assertThat(process.isAlive()).isTrue();
    assertThat(tracer(process)).isEqualTo("0");
    assertThat(status(process, "State:")).doesNotStartWith("T").doesNotStartWith("t");
  }

  private static String tracer(Process process) {
    return status(process, "TracerPid:");
  }

  private static long threads(Process process) {
    return Long.parseLong(status(process, "Threads:"));
  }

  private static String status(Process process, String key) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()).strip())
          .findFirst()
          .orElse("0");
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant until = Instant.now().plus(Duration.ofSeconds(30));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("it did not happen in time").isBefore(until);
      Thread.sleep(50);
    }
  }

  @Test
  void refusesWhatMustNotReachAShell() {
    assertThatThrownBy(() -> new TraceFact(List.of("$(id)"), List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TraceFact(IDS, List.of("kill|.*"), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TraceFact(IDS, List.of(), 61))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.belay.core.builtin.kube.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.SharedSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StraceOutputTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          kill(666, SIGTERM) = -1 ESRCH (No such process) | | kill | WHOLE | ESRCH
          [pid 225424] close(3)                   = 0 | 225424 | close | WHOLE |
          7   close(3) = 0 <0.000012> | 7 | close | WHOLE |
          123 10:11:12.345678 openat(AT_FDCWD, "a) = -1 E", O_RDONLY) = 3 | 123 | openat | WHOLE |
          1767225600.123456 read(0, "", 1) = 0 | | read | WHOLE |
          09:08:07 write(1, "x", 1) = -1 EPIPE (Broken pipe) <0.1> | | write | WHOLE | EPIPE
          [pid 5] execve("./w", ["./w"], 0x7f /* 59 vars */ <unfinished ...> | 5 | execve | BEGUN |
          [pid 5] <... execve resumed>)       = 0 | 5 | execve | RESUMED |
          5 <... futex resumed>) = -1 ETIMEDOUT (Connection timed out) | 5 | futex | RESUMED | ETIMEDOUT
          restart_syscall(<... resuming interrupted futex ...>) = 0 | | restart_syscall | WHOLE |
          exit_group(0)                           = ? | | exit_group | WHOLE |
          """)
  void readsTheFormsOfALine(String line, Integer pid, String name, String part, String error) {
    StraceEvent event = StraceEvent.parse(line).orElseThrow();

    assertThat(event.pid().orElse(null)).isEqualTo(pid);
    assertThat(event.name()).isEqualTo(name);
    assertThat(event.part()).hasToString(part);
    assertThat(event.error().orElse(null)).isEqualTo(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--- SIGURG {si_signo=SIGURG, si_code=SI_TKILL} ---",
        "[pid 7] +++ exited with 0 +++",
        "7 +++ killed by SIGKILL +++",
        "strace: Process 6 attached",
        "strace: attach: ptrace(PTRACE_SEIZE, 1): Operation not permitted",
        "% time     seconds  usecs/call     calls    errors syscall",
        "kill: usage",
      })
  void passesOverWhatIsNoCall(String line) {
    assertThat(StraceEvent.parse(line)).isEmpty();
  }

  @Test
  void readsTheTableOfNewAndOldVersions() {
    assertThat(
            read("""
                    % time     seconds  usecs/call     calls    errors syscall
                    ------ ----------- ----------- --------- --------- ----------------
                     66.67    0.000020          10         2         2 kill
                     33.33    0.000010           1        10           read
                    ------ ----------- ----------- --------- --------- ----------------
                    100.00    0.000030                    12         2 total
                    """)
                .counts())
        .isEqualTo(
            read("""
                     66.67    0.000020          10         2         2 kill
                     33.33    0.000010           1        10           read
                    100.00    0.000030           2        12         2 total
                    """)
                .counts())
        .containsExactly(new SyscallCount("read", 10, 0), new SyscallCount("kill", 2, 2));
  }

  @Test
  void believesTheTableWhereOnlySomeCallsAreShown() {
    StraceOutput both =
        read(
            """
            7 10:00:00.1 kill(666, SIGTERM) = -1 ESRCH (No such process)
            100.00    0.000020          10         9         9 kill
            """);

    assertThat(both.counts()).containsExactly(new SyscallCount("kill", 9, 9));
    assertThat(both.lines()).hasSize(1);
  }

  @Test
  void countsACallOnceThatAnotherThreadInterrupts() {
    assertThat(
            read("""
                    [pid 1] close(4 <unfinished ...>
                    [pid 2] close(4 <unfinished ...>
                    [pid 1] <... close resumed>) = 0
                    [pid 2] <... close resumed>) = -1 EBADF (Bad file descriptor)
                    [pid 3] <... close resumed>) = 0
                    """)
                .counts())
        .containsExactly(new SyscallCount("close", 3, 1));
  }

  @Test
  void readsTheSamples() throws IOException {
    Map<String, Map<String, Long>> wanted =
        Map.of(
            "strace-c-kubectl-debug.txt",
            Map.of("poll", 76L, "futex", 14L, "clone", 7L, "accept4", 7L, "restart_syscall", 1L),
            "strace-f-interleaved.txt",
            Map.of("execve", 2L, "close", 6L, "pipe2", 1L, "clone", 2L, "dup2", 2L));
    for (Path sample : SharedSamples.in("node-output", "strace")) {
      StraceOutput output = StraceOutput.read(Files.readAllLines(sample));
      assertThat(
              output.counts().stream()
                  .collect(Collectors.toMap(SyscallCount::name, SyscallCount::calls)))
          .as(sample.toString())
          .isEqualTo(wanted.get(sample.getFileName().toString()));
      assertThat(output.lines()).noneMatch(line -> line.contains("strace: Process"));
    }
  }

  @Test
  void survivesAnything() {
    long seed = 4;
    Random random = new Random(seed);
    String alphabet = "kil(l) =-1E[pid 9]<.>u\"\\n0%\u0000é|";
    for (int i = 0; i < 3000; i++) {
      StringBuilder line = new StringBuilder();
      random
          .ints(random.nextInt(60), 0, alphabet.length())
          .forEach(n -> line.append(alphabet.charAt(n)));
      assertThat(StraceOutput.read(List.of(line.toString())).counts())
          .as("seed %d, %d", seed, i)
          .allMatch(count -> count.name().matches("[a-z_][a-z0-9_]*"));
    }
  }

  private static StraceOutput read(String text) {
    return StraceOutput.read(text.lines().toList());
  }
}

package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How work that a run has begun is ended, in every shell that hosts have. */
class JobShellTest {

  @TempDir Path home;

  private String run(String shell, String script) {
    HostShell.Result result = new HostShell(shell, home).run(script);
    return result.out() + result.err();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void saysHowFarARequestIsWhileItIsWaitedFor(String shell) {
    assertThat(
            run(
                shell,
                """
                B_note() { printf 'note %s\n' "$1"; }
                b_job R1 1 well 'echo 10 >"$B_TELL"; until [ -e "$HOME/on" ]; do b_nap; done
                  echo 20 >>"$B_TELL"; until [ -e "$HOME/off" ]; do b_nap; done; echo done' always 'echo x'
                : >"$HOME/said"
                ( b_job_reply R1 1 1; b_job_reply R1 1 2 ) >>"$HOME/said" & P=$!
                until grep -q 'note 10' "$HOME/said"; do b_nap; done; : >"$HOME/on"
                until grep -q 'note 20' "$HOME/said"; do b_nap; done; : >"$HOME/off"
                wait $P; cat "$HOME/said"; b_job_end R1; ls "$B_JOBS" 2>/dev/null || :
                """))
        .isEqualTo("note 10\nnote 20\n0\ndone\n0\nx\n");
  }

  /** As sudo with a log, su and nsenter do: they stop with their command. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void parentThatStopsWithItsCommandEndsWithIt(String shell) {
    String parent =
        """
        use POSIX; my $pid = fork;
        if (!$pid) { exec "sh", "-c", "sleep 100 & echo \\$\\$ >pid; echo \\$! >child; sleep 100; :" }
        while (waitpid($pid, WUNTRACED) == $pid) { exit if !WIFSTOPPED(${^CHILD_ERROR_NATIVE}); kill STOP => $$ }
        """;
    assertThat(
            run(
                shell,
                """
                cd "$HOME"; perl -e '%s' >/dev/null 2>&1 & P=$!
                until [ -s child ]; do b_nap; done
                B_N=0; b_kill_tree "$(cat pid)"
                while kill -0 $P 2>/dev/null && [ $B_N -lt 100 ]; do b_nap; B_N=$((B_N + 1)); done
                ! kill -0 $P 2>/dev/null || { echo "still there:"; cat /proc/$P/stat; kill -KILL $P; }
                ! kill -0 "$(cat child)" 2>/dev/null || grep -q ' Z ' "/proc/$(cat child)/stat" || echo "child lives"
                """
                    .formatted(parent)))
        .isEmpty();
  }
}

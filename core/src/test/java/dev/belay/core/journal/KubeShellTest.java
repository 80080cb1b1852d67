package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of kube.sh about which process counts, in each shell that a host may have. */
class KubeShellTest {

  private static final String SETTING =
      """
      B_L='
      '
      B_NAME=kube-apiserver B_NOT='1 old' B_URL=https://127.0.0.1:6443 B_NOW=100
      b_readyz() { echo ok; }
      """;

  @TempDir Path home;

  private HostShell.Result run(String shell, String script) {
    return new HostShell(shell, home).run(SETTING + script);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void findsTheListenerOfAPort(String shell) throws IOException {
    try (var socket = new ServerSocket(0)) {
      var self = ProcessHandle.current().pid();
      assertThat(run(shell, "b_listens " + self + " " + socket.getLocalPort()).exit()).isZero();
      assertThat(run(shell, "b_listens $$ " + socket.getLocalPort()).exit()).isNotZero();
      assertThat(run(shell, "b_listens " + self + " 1").exit()).isNotZero();
      assertThat(run(shell, "b_listens " + self + " ''").exit()).isNotZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void takesTheListenerBesideTheOldProcess(String shell) {
    var look =
        "b_process() { printf '1 old\\n2 new\\n'; }; b_listens() { [ $1 = $HELD ]; }\n"
            + "b_fits() { [ \"$1\" != '1 old' ]; }\n"
            + "b_candidate; echo \"$? $B_ONE $B_WHY\"";

    assertThat(run(shell, "HELD=2\n" + look).out()).startsWith("0 2 new");
    assertThat(run(shell, "HELD=1\n" + look).out())
        .isEqualTo("1  another process kube-apiserver still runs beside 2\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void takesNoneOfTwoNewProcessesWithoutAPort(String shell) {
    assertThat(
            run(
                    shell,
                    "B_URL=; b_process() { printf '2 new\\n3 new\\n'; }; b_fits() { :; }\n"
                        + "b_candidate; echo \"$? $B_ONE$B_WHY\"")
                .out())
        .isEqualTo("1 another process kube-apiserver still runs beside 3\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0,'',50,1",
    "1,'',90,1",
    "1,'',80,0",
    "2,'',90,1",
    "3,'',100,0",
    "3,7 new,80,1",
  })
  void callsItACrashLoop(int starts, String processes, int goneSince, int exit) {
    for (var shell : new String[] {"dash", "bash", "busybox ash"}) {
      var script =
          "b_count_logs() { :; }; B_STARTS=%d B_ALL='%s' B_GONE=%d; b_crash_loops"
              .formatted(starts, processes, goneSince);
      assertThat(run(shell, script).exit()).as(shell).isEqualTo(exit);
    }
  }
}

package dev.belay.core.builtin.kube.syscall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the real strace of this machine. */
class StraceFactTest {

  @ParameterizedTest
  @CsvSource({"kill, true", "kill;ptrace, true", "'', true", "kill;no_such_call, false"})
  void knowsTheCallsOfTheHost(String names, boolean known) throws Exception {
    List<String> list = names.isEmpty() ? List.of() : List.of(names.split(";"));
    Process asked = new ProcessBuilder("sh", "-c", new StraceFact(list).question()).start();
    assertThat(asked.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(asked.exitValue() == 0).isEqualTo(known);
  }

  @Test
  void refusesWhatIsNoName() {
    assertThatThrownBy(() -> new StraceFact(List.of("kill -V; reboot")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.belay.core.builtin.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.HealthCondition;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostHealthTest {

  private static HealthCondition answers(String url, OptionalInt status) {
    return HostHealth.httpsAnswers(url, status);
  }

  static Stream<Arguments> conditions() {
    return Stream.of(
        arguments(
            HostHealth.commandSucceeds("visudo", "-c", "it's $HOME"),
            "command visudo -c it's $HOME succeeds",
            "b_steady 0 b_succeeds 'visudo' '-c' 'it'\\''s $HOME'"),
        arguments(
            answers("https://[::1]:6443/readyz?x=1", OptionalInt.empty()),
            "https://[::1]:6443/readyz?x=1 answers",
            "b_steady 0 b_answers 'https://[::1]:6443/readyz?x=1' '2??'"),
        arguments(
            answers("https://a/", OptionalInt.of(401)),
            "https://a/ answers with status 401",
            "b_steady 0 b_answers 'https://a/' '401'"),
        arguments(
            HostHealth.processRuns("kube-controller-manager", "--profiling=false"),
            "process kube-controller-manager --profiling=false runs",
            "b_steady 3 b_process_runs 'kube-controller' '--profiling=false'"),
        arguments(
            HostHealth.fileGrows(RemotePath.of("/var/log/a b")),
            "file /var/log/a b grows",
            "B_WAS=; b_steady 0 b_grows '/var/log/a b'"),
        arguments(
            HostHealth.unitActive("ssh", "falco.timer"),
            "units ssh.service, falco.timer are active",
            "b_steady 3 b_units_active 'ssh.service' 'falco.timer'"),
        arguments(HostHealth.newLogin(), "a new login works", ":"));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void saysWhatItWaitsForAndQuotesEveryValue(HealthCondition made, String text, String await) {
    assertThat(made.text()).isEqualTo(text);
    assertThat(made.await()).isEqualTo(await);
  }

  static Stream<ThrowingCallable> mistakes() {
    return Stream.of(
        () -> HostHealth.commandSucceeds(" "),
        () -> answers("ftp://host/", OptionalInt.empty()),
        () -> answers("https://", OptionalInt.empty()),
        () -> answers("https://a b/", OptionalInt.empty()),
        () -> answers("https://a/", OptionalInt.of(42)),
        () -> HostHealth.processRuns("x", "!--not"),
        () -> HostHealth.processRuns("x", ""),
        () -> HostHealth.unitActive("-f"),
        () -> HostHealth.unitActive("ssh", "no unit"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refusesWhatCanNeverHold(ThrowingCallable mistake) {
    assertThatIllegalArgumentException().isThrownBy(mistake);
  }

  @Test
  void waitsAfterAnUndoForWhatHeldBefore() {
    HealthCondition unit = HostHealth.unitActive("ssh");

    assertThat(unit.note()).isEqualTo("b_note_held b_units_active 'ssh.service'");
    assertThat(unit.restored()).isEqualTo("b_held_again 3 b_units_active 'ssh.service'");
    assertThat(unit.diagnose()).isEqualTo("b_unit_said 'ssh.service'");
  }
}

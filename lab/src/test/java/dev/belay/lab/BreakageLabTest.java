package dev.belay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks the API server of a real control plane in every way of a table, through Belay, and sees
 * that Belay brings it back by itself. One control plane for all of them: each case must leave it
 * as it was.
 */
class BreakageLabTest {

  private static final String STATE =
      "cd /etc/kubernetes && stat -c '%n %a %u:%g %Y' manifests/* && sha256sum manifests/* &&"
          + " ls . pki";

  @TempDir static Path scratch;
  private static LabHost host;
  private static Outcomes outcomes;
  private static boolean spoilt;

  @BeforeAll
  static void makeControlPlane() {
    fresh();
    outcomes =
        new Outcomes(
            "breakages", "case", "through", "exit", "outcome", "not ready", "time to recovery");
  }

  @AfterAll
  static void takeItDown() {
    if (host != null) {
      host.close();
    }
  }

  private static void fresh() {
    host = LabHost.up("lab-test-break", scratch, "--control-plane");
  }

  static List<Breakage> cases() {
    return Cases.of(Breakages.all(), Breakage::inCi);
  }

  @ParameterizedTest
  @MethodSource("cases")
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void comesBack(Breakage breakage) throws IOException {
    if (spoilt) {
      fresh(); // the case before has not left the control plane as it was
    }
    spoilt = true;
    host.forgetCrashes();
    var state = host.root(STATE);
    if (!breakage.before().isEmpty()) {
      host.root(breakage.before());
    }
    Ran run;
    Watch watch = Watch.of(host, () -> meanwhile(breakage));
    try (watch) {
      run = apply(breakage);
      awaitReady(run);
    } finally {
      if (!breakage.after().isEmpty()) {
        host.root(breakage.after());
      }
    }
    record(breakage, run, watch, state);
    assertThat(run.exit()).as(run.output()).isEqualTo(3);
    assertThat(host.root(STATE)).as(run.output()).isEqualTo(state);
    assertThat(watch.recovery()).as("time to recovery; " + run.output()).isNotNull();
    host.assertClean();
    spoilt = false;
  }

  private static void awaitReady(Ran run) {
    try {
      host.await(Duration.ofSeconds(60), "kubectl get --raw /readyz");
    } catch (AssertionError away) {
      throw new AssertionError(away.getMessage() + "\n" + run.output(), away);
    }
  }

  private static void meanwhile(Breakage breakage) {
    if (!breakage.meanwhile().isEmpty()) {
      host.root(breakage.meanwhile());
    }
  }

  private static Ran apply(Breakage breakage) throws IOException {
    if (breakage.isStep()) {
      return host.belay(
          Map.of(
              "BELAY_LAB_CASE",
              breakage.name(),
              "BELAY_LAB_GUARDED",
              breakage.guarded() ? "yes" : "no"),
          "apply",
          "lab/src/test/playbooks/BreakApiServer.java",
          "-y");
    }
    var broken = Files.createTempFile(scratch, "manifest", ".yaml");
    Files.writeString(broken, breakage.edit().apply(host.root("cat " + LabHost.MANIFEST)));
    return host.belay(
        Map.of("BELAY_LAB_FILE", broken.toString(), "BELAY_LAB_PATH", LabHost.MANIFEST),
        "apply",
        "lab/src/test/playbooks/GuardedFile.java",
        "-y");
  }

  private static void record(Breakage breakage, Ran run, Watch watch, String state) {
    var same = host.root(STATE).equals(state);
    outcomes.add(
        breakage.name(),
        breakage.through(),
        run.exit(),
        run.exit() == 3 && same && watch.recovery() != null ? "as before" : "NOT as before",
        Outcomes.seconds(watch.away()),
        Outcomes.seconds(watch.recovery()));
  }
}

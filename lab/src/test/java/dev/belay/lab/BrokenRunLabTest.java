package dev.belay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks a run of {@link GuardedAudit} at every step of its protocol, which a run that is not
 * broken counts first: the controller is killed, or the host's network is cut. By itself the host
 * must end as it was before, or with everything applied and confirmed.
 *
 * <p>With {@code -Dbelay.lab.stride=N} every N-th step only; in CI one step for two of the ways.
 */
class BrokenRunLabTest {

  private static final Duration RUN = Duration.ofMinutes(6);
  private static final Duration SLACK = Duration.ofSeconds(30);

  /** What a run changes; the directory of the log stays when it holds one. */
  private static final String STATE =
      "cd /etc/kubernetes && stat -c '%n %a %u:%g' . manifests/* audit-policy.yaml 2>/dev/null; sha256sum manifests/* audit-policy.yaml"
          + " 2>/dev/null; true";

  private static final String READY = "kubectl --request-timeout=3s get --raw /readyz";

  @TempDir static Path scratch;
  private static LabHost host;
  private static Outcomes outcomes;
  private static String before;
  private static String applied;
  private static List<String> steps;

  /** What became of one broken run. */
  private record End(String state, Duration after) {}

  @BeforeAll
  static void countSteps() throws IOException {
    host = LabHost.up("lab-test-rope", scratch, "--control-plane");
    outcomes =
        new Outcomes("broken-runs", "broken", "at step", "which is", "ended", "after the break");
    before = state();
    var whole = controller(Breaker.Way.NONE, 0);
    assertThat(whole.exit()).as(whole.output()).isZero();
    applied = state();
    assertThat(applied).isNotEqualTo(before);
    steps = log();
    host.assertClean();
    rollBack();
  }

  @AfterAll
  static void takeItDown() {
    if (host != null) {
      host.close();
    }
  }

  static List<Breaker.Way> ways() {
    return Cases.isCi()
        ? List.of(Breaker.Way.KILL, Breaker.Way.CUT)
        : List.of(Breaker.Way.KILL, Breaker.Way.CUT, Breaker.Way.BLINK);
  }

  @ParameterizedTest
  @MethodSource("ways")
  @Timeout(value = 5, unit = TimeUnit.HOURS)
  void endsBeforeOrApplied(Breaker.Way way) throws IOException {
    var failures = new ArrayList<String>();
    for (int step : chosen()) {
      try {
        breakAt(way, step);
      } catch (AssertionError failed) {
        failures.add(way + " at step " + step + ": " + failed.getMessage());
        System.err.println(failures.get(failures.size() - 1)); // the rest may take hours
        outcomes.add(way, step, what(step), "WRONG, see the log", "");
        reset();
      }
    }
    assertThat(failures).isEmpty();
  }

  /** In CI the middle one of those after the reading. */
  private static List<Integer> chosen() {
    int first = 1;
    int stride = Integer.getInteger("belay.lab.stride", 1);
    if (Cases.isCi()) {
      first += 1 + lastOfReading();
      stride = steps.size() - first + 1;
    }
    var chosen = new ArrayList<Integer>();
    for (int step = first + stride / 2; step <= steps.size(); step += stride) {
      chosen.add(step);
    }
    return chosen;
  }

  /** The index of the last answer to the first list of requests, which only read. */
  private static int lastOfReading() {
    int index = 0;
    while (!steps.get(index).contains(" received ")) {
      index++;
    }
    while (steps.get(index + 1).contains(" received ")) {
      index++;
    }
    return index;
  }

  private static void breakAt(Breaker.Way way, int step) throws IOException {
    host.forgetCrashes();
    Ran run;
    End end;
    try {
      run = controller(way, step);
      end = awaitEnd(way, step, run);
    } finally {
      linkUp();
    }
    outcomes.add(
        way,
        step,
        what(step),
        end.state().equals(before) ? "as before" : "applied",
        Outcomes.seconds(end.after()));
    if (way != Breaker.Way.CUT) {
      host.assertClean();
    }
    if (step % 2 == 0) {
      var again = controller(Breaker.Way.NONE, 0);
      assertThat(again.exit()).as("apply afterwards: " + again.output()).isZero();
      assertThat(state()).isEqualTo(applied);
    }
    rollBack();
    assertThat(leftovers(way)).isBlank();
  }

  /**
   * What is left; without the idle shell of a session whose other end vanished without a word. That
   * one is sshd's to end, after its ClientAliveInterval or the kernel's keepalive.
   */
  private static String leftovers(Breaker.Way way) {
    return host.leftovers()
        .lines()
        .filter(
            line -> way != Breaker.Way.CUT || !line.matches("process .*(sudo -n -u root -- | )sh"))
        .collect(Collectors.joining("\n"));
  }

  /** Waits until the host is in one of both states, with nothing of the run under way any more. */
  private static End awaitEnd(Breaker.Way way, int step, Ran run) throws IOException {
    var broken = brokenAt();
    if (broken == null) {
      throw new AssertionError(way + " at step " + step + " broke nothing: " + run.output());
    }
    var limit = broken.plus(GuardedAudit.WITHIN).plus(SLACK);
    var controllerEnded = Instant.now();
    while (true) {
      var left = leftovers(way);
      var state = state();
      var known = state.equals(before) || state.equals(applied);
      if (known && left.isBlank() && host.inside(READY).exit() == 0) {
        return new End(state, Duration.between(broken, Instant.now()));
      }
      var now = Instant.now();
      if (now.isAfter(limit) && now.isAfter(controllerEnded.plusSeconds(5))) {
        throw new AssertionError(
            "not as before and not applied "
                + Duration.between(broken, now).toSeconds()
                + " s later; left: "
                + left
                + "\n"
                + state
                + "\n"
                + run.output());
      }
    }
  }

  private static String what(int step) {
    return steps.get(step - 1).replaceFirst("^[0-9]+ ", "").replace("|", "\\|");
  }

  private static Ran controller(Breaker.Way way, int step) throws IOException {
    Files.deleteIfExists(stepsFile());
    return Ran.of(
        LabHost.project(),
        Map.of(),
        RUN,
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        BreakingController.class.getName(),
        host.address(),
        host.key().toString(),
        host.knownHosts(),
        way.name(),
        Integer.toString(step),
        host.link(),
        "5",
        stepsFile().toString());
  }

  private static Path stepsFile() {
    return scratch.resolve("steps");
  }

  private static List<String> log() throws IOException {
    return Files.readAllLines(stepsFile());
  }

  private static Instant brokenAt() throws IOException {
    return log().stream()
        .filter(line -> line.startsWith("broken "))
        .map(line -> Instant.ofEpochMilli(Long.parseLong(line.substring(7))))
        .findFirst()
        .orElse(null);
  }

  private static void linkUp() {
    Ran.of(
            LabHost.project(),
            Map.of(),
            Duration.ofSeconds(20),
            "ip",
            "link",
            "set",
            host.link(),
            "up")
        .well();
  }

  private static String state() {
    return host.inside(STATE).well();
  }

  /** Rolls every run back that is not, until the host is as it was before. */
  private static void rollBack() {
    for (int runs = 0; !state().equals(before); runs++) {
      var back = host.belay(Map.of(), "rollback", "all", "--become", "-y");
      assertThat(back.exit()).as("rollback afterwards: " + back.output()).isZero();
      assertThat(runs).as("rollbacks and still not as before: " + back.output()).isLessThan(3);
    }
    host.await(Duration.ofSeconds(60), READY);
  }

  /** After a failure: the next step needs a host that is as it was. */
  private static void reset() {
    host.close();
    host = LabHost.up("lab-test-rope", scratch, "--control-plane");
  }
}

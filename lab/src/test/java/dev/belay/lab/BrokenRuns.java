package dev.belay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One control plane on which runs of {@link GuardedAudit} are broken, one after the other. */
final class BrokenRuns implements AutoCloseable {

  private static final Duration RUN = Duration.ofMinutes(6);

  /** What a host gets besides the time of its guard. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  /** What a run changes, without the directory of the log, which stays when it holds one. */
  private static final String STATE =
      "cd /etc/kubernetes && stat -c '%n %a %u:%g' . manifests/* audit-policy.yaml 2>/dev/null; sha256sum manifests/* audit-policy.yaml"
          + " 2>/dev/null; true";

  /**
   * The guards of all runs, each with the seconds that it has left; negative once they are over.
   */
  private static final String GUARDS =
      "read -r now rest </proc/uptime; for g in /var/lib/belay/*/guard.*/deadline;"
          + " do [ ! -f $g ] || echo $g $(($(cat $g) - ${now%.*})); done";

  private static final String READY = "kubectl --request-timeout=3s get --raw /readyz";

  private final String name;
  private final Path scratch;
  private LabHost host;
  private String before = "";
  private String applied = "";
  private List<String> steps = List.of();

  /**
   * What became of one broken run.
   *
   * @param step what the run was at
   * @param applied whether the host keeps the changes
   * @param after the time from the break to the end
   * @param afterDeadline the time from the guard's last deadline to the end; absent where no guard
   *     was armed, or the end was before
   */
  record End(String step, boolean applied, Duration after, Optional<Duration> afterDeadline) {}

  private BrokenRuns(String name, Path scratch) {
    this.name = name;
    this.scratch = scratch;
  }

  /** Makes a host and counts the steps of a run that is not broken. */
  static BrokenRuns on(String name, Path scratch) {
    var runs = new BrokenRuns(name, scratch);
    runs.makeHost();
    return runs;
  }

  private void makeHost() {
    host = LabHost.up(name, scratch, "--control-plane");
    before = state();
    var whole = controller(Breaker.Way.NONE, 0);
    assertThat(whole.exit()).as(whole.output()).isZero();
    applied = state();
    assertThat(applied).isNotEqualTo(before);
    steps = log();
    host.assertClean();
    rollBack();
  }

  /** After a failure: the next step needs a host that is as it was. */
  void reset() {
    host.close();
    makeHost();
  }

  /** Returns the steps of a whole run, in order. */
  List<String> steps() {
    return steps;
  }

  /** Breaks a run at a step, from 1; fails where the host does not end as it must. */
  End breakAt(Breaker.Way way, int step) {
    host.forgetCrashes();
    delete(stepsFile());
    var earlier = guards().keySet();
    var running = CompletableFuture.supplyAsync(() -> controller(way, step));
    End end;
    Ran run;
    try {
      end = awaitEnd(way, running, earlier);
    } finally {
      run = running.join(); // on a link that came back by then it would simply go on
      linkUp();
    }
    assertThat(run.exit() != 0 || end.applied()).as(run.output()).isTrue();
    if (way != Breaker.Way.CUT) {
      host.assertClean();
    }
    if (step % 4 == 0) {
      var again = controller(Breaker.Way.NONE, 0);
      assertThat(again.exit()).as("apply afterwards: " + again.output()).isZero();
      assertThat(state()).isEqualTo(applied);
    }
    rollBack();
    assertThat(leftovers(way)).isBlank();
    return end;
  }

  /**
   * What is left; without the idle shell of a session whose other end vanished without a word. That
   * one is sshd's to end, after its ClientAliveInterval or the kernel's keepalive.
   */
  private String leftovers(Breaker.Way way) {
    return host.leftovers()
        .lines()
        .filter(
            line -> way != Breaker.Way.CUT || !line.matches("process .*(sudo -n -u root -- | )sh"))
        .collect(Collectors.joining("\n"));
  }

  /** Waits until the host is in one of both states, with nothing of the run under way any more. */
  private End awaitEnd(Breaker.Way way, CompletableFuture<Ran> running, Set<String> earlier) {
    var broken = awaitBreak(running);
    var deadline = broken;
    while (true) {
      deadline = later(deadline, guardEnds(earlier));
      var left = leftovers(way);
      var state = state();
      var known = state.equals(before) || state.equals(applied);
      var now = Instant.now();
      if (known && left.isBlank() && host.inside(READY).exit() == 0) {
        var over = Optional.of(Duration.between(deadline, now)).filter(d -> !d.isNegative());
        return new End(
            step(),
            state.equals(applied),
            Duration.between(broken, now),
            deadline.equals(broken) ? Optional.empty() : over);
      }
      if (now.isAfter(later(deadline, broken.plus(GuardedAudit.WITHIN)).plus(SLACK))) {
        throw new AssertionError(
            "not as before and not applied "
                + Duration.between(broken, now).toSeconds()
                + " s after the break, "
                + Duration.between(deadline, now).toSeconds()
                + " s after the deadline; left: "
                + left
                + "\n"
                + state);
      }
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Returns when the guard of the broken run ends, or did; long ago where it has none. */
  private Instant guardEnds(Set<String> earlier) {
    var now = Instant.now();
    return guards().entrySet().stream()
        .filter(guard -> !earlier.contains(guard.getKey()))
        .map(guard -> now.plusSeconds(guard.getValue()))
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private Map<String, Long> guards() {
    return host.inside(GUARDS)
        .well()
        .lines()
        .map(line -> line.split(" ", 2))
        .collect(Collectors.toMap(words -> words[0], words -> Long.valueOf(words[1])));
  }

  /** Returns the step at which the run was broken; its number may be another in another run. */
  private String step() {
    var log = log();
    for (int i = 1; i < log.size(); i++) {
      if (log.get(i).startsWith("broken ")) {
        return log.get(i - 1).replaceFirst("^[0-9]+ ", "").replace("|", "\\|");
      }
    }
    throw new AssertionError("nothing was broken: " + log);
  }

  private Instant awaitBreak(CompletableFuture<Ran> running) {
    while (true) {
      var ended = running.isDone();
      var broken =
          log().stream()
              .filter(line -> line.startsWith("broken "))
              .map(line -> Instant.ofEpochMilli(Long.parseLong(line.substring(7))))
              .findFirst();
      if (broken.isPresent()) {
        return broken.get();
      }
      if (ended) {
        throw new AssertionError("nothing was broken: " + running.join().output());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private Ran controller(Breaker.Way way, int step) {
    delete(stepsFile());
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

  private Path stepsFile() {
    return scratch.resolve(name + ".steps");
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> log() {
    try {
      return Files.exists(stepsFile()) ? Files.readAllLines(stepsFile()) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void linkUp() {
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

  private String state() {
    return host.inside(STATE).well();
  }

  /** Rolls every run back that is not, until the host is as it was before. */
  private void rollBack() {
    for (int runs = 0; !state().equals(before); runs++) {
      var back = host.belay(Map.of(), "rollback", "all", "--become", "-y");
      assertThat(back.exit()).as("rollback afterwards: " + back.output()).isZero();
      assertThat(runs).as("rollbacks and still not as before: " + back.output()).isLessThan(3);
    }
    host.await(Duration.ofSeconds(60), READY);
    // Else the next run would have one change less, and fewer steps.
    host.root("rm -rf /var/log/kubernetes");
  }

  @Override
  public void close() {
    host.close();
  }
}

package dev.belay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * <p>With {@code -Dbelay.lab.stride=N} every N-th step only, with {@code -Dbelay.lab.from=K} and
 * {@code -Dbelay.lab.to=K} from and to step K; in CI one step for two of the ways. {@code
 * -Dbelay.lab.hosts=N} shares the steps among so many control planes.
 */
class BrokenRunLabTest {

  private static final int HOSTS = Integer.getInteger("belay.lab.hosts", 1);

  @TempDir static Path scratch;
  private static final List<BrokenRuns> HOSTS_UP = new ArrayList<>();
  private static ExecutorService workers;
  private static Outcomes outcomes;
  private static List<String> steps;

  @BeforeAll
  static void countSteps() {
    outcomes =
        new Outcomes(
            "broken-runs",
            "broken",
            "at step",
            "which is",
            "ended",
            "after the break",
            "after the guard's deadline");
    workers = Executors.newFixedThreadPool(HOSTS);
    var starting =
        IntStream.rangeClosed(1, HOSTS)
            .mapToObj(
                number ->
                    CompletableFuture.supplyAsync(
                        () -> BrokenRuns.on("lab-test-rope" + number, scratch), workers))
            .toList();
    starting.forEach(host -> HOSTS_UP.add(host.join()));
    steps = HOSTS_UP.get(0).steps();
  }

  @AfterAll
  static void takeDown() {
    HOSTS_UP.forEach(BrokenRuns::close);
    workers.shutdown();
  }

  static List<Breaker.Way> ways() {
    return Cases.isCi()
        ? List.of(Breaker.Way.KILL, Breaker.Way.CUT)
        : Cases.of(List.of(Breaker.Way.KILL, Breaker.Way.CUT, Breaker.Way.BLINK), way -> false);
  }

  @ParameterizedTest
  @MethodSource("ways")
  @Timeout(value = 5, unit = TimeUnit.HOURS)
  void endsBeforeOrApplied(Breaker.Way way) {
    Queue<Integer> todo = new ConcurrentLinkedQueue<>(chosen());
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    HOSTS_UP.stream()
        .map(host -> CompletableFuture.runAsync(() -> work(host, way, todo, failures), workers))
        .toList()
        .forEach(CompletableFuture::join);
    assertThat(failures).isEmpty();
  }

  private static void work(
      BrokenRuns host, Breaker.Way way, Queue<Integer> todo, Queue<String> failures) {
    for (Integer step = todo.poll(); step != null; step = todo.poll()) {
      try {
        var end = host.breakAt(way, step);
        add(
            way,
            step,
            end.step(),
            end.applied() ? "applied" : "as before",
            Outcomes.seconds(end.after()),
            Outcomes.seconds(end.afterDeadline()));
      } catch (AssertionError failed) {
        failures.add(way + " at step " + step + ": " + failed.getMessage());
        System.err.println(way + " at step " + step + ": " + failed.getMessage()); // hours to go
        add(way, step, steps.get(step - 1), "WRONG, see the log", "", "");
        host.reset();
      }
    }
  }

  private static void add(Breaker.Way way, int step, String... cells) {
    var row = new ArrayList<Object>(List.of(way, step));
    row.addAll(List.of(cells));
    synchronized (outcomes) {
      outcomes.add(row.toArray());
    }
  }

  /** In CI the middle one of those after the reading. */
  private static List<Integer> chosen() {
    int first = Integer.getInteger("belay.lab.from", 1);
    int last = Math.min(steps.size(), Integer.getInteger("belay.lab.to", steps.size()));
    int stride = Integer.getInteger("belay.lab.stride", 1);
    if (Cases.isCi()) {
      first += 1 + lastOfReading();
      stride = steps.size() - first + 1;
    }
    var chosen = new ArrayList<Integer>();
    for (int step = first + stride / 2; step <= last; step += stride) {
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
}

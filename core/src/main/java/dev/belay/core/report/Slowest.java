package dev.belay.core.report;

import dev.belay.core.run.RunEvent;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The tasks that hosts took longest for. Pure. */
final class Slowest {

  /** What took less is not worth a line. */
  private static final Duration LEAST = Duration.ofMillis(1);

  private Slowest() {}

  /**
   * Returns the slowest first; a check has none, since it does nothing that takes time.
   *
   * @param most how many, at least 1
   */
  static List<RunEvent.TaskEnded> of(List<RunEvent> events, int most) {
    return events.stream()
        .filter(RunEvent.TaskEnded.class::isInstance)
        .map(RunEvent.TaskEnded.class::cast)
        .filter(ended -> ended.elapsed().compareTo(LEAST) >= 0)
        .sorted(Comparator.comparing(RunEvent.TaskEnded::elapsed).reversed())
        .limit(most)
        .toList();
  }
}

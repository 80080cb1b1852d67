package dev.belay.core.run;

import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.step.Place;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which tasks that run once in a run are done, so that the other hosts can wait for them.
 * Thread-safe.
 *
 * <p>Waiting always ends: a host waits only for one that is begun before it, as {@link HostOrder}
 * sees to, so of all that are at work the one begun first waits for nobody.
 */
final class Turns {

  /** How a task that runs once has ended. */
  enum Turn {
    /** It has changed nothing. */
    UNCHANGED,
    /** It has changed something, or may have. */
    CHANGED,
    /** It has failed, or its host has before it was done. */
    LOST
  }

  /** Well below the 20 s after which a session that does nothing loses its lock. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Duration patience;
  private final Map<Integer, Turn> done = new HashMap<>();
  private final Map<String, Turn> ended = new HashMap<>();

  Turns() {
    this(PATIENCE);
  }

  Turns(Duration patience) {
    this.patience = patience;
  }

  /** Notes tasks that a host has behind it; of those that do not run once nothing is noted. */
  void done(List<PlayTask> tasks, List<PlannedTask> planned) {
    for (int i = 0; i < tasks.size(); i++) {
      done(tasks.get(i), planned.get(i));
    }
  }

  /** Notes a task that a host has behind it. */
  synchronized void done(PlayTask task, PlannedTask planned) {
    if (task.task().options().place() instanceof Place.Once once && once.here()) {
      Turn turn = planned.changes().isEmpty() ? Turn.UNCHANGED : Turn.CHANGED;
      done.putIfAbsent(
          once.turn(), planned.outcome() instanceof Outcome.Rescued ? Turn.LOST : turn);
      notifyAll();
    }
  }

  /** Notes a task that has failed on a host which goes on nevertheless. */
  synchronized void lost(PlayTask task) {
    if (task.task().options().place() instanceof Place.Once once && once.here()) {
      done.putIfAbsent(once.turn(), Turn.LOST);
      notifyAll();
    }
  }

  /**
   * Notes that a host does nothing more in this run; only what is noted first counts.
   *
   * @param well whether it has all its tasks behind it
   */
  synchronized void ended(String host, boolean well) {
    ended.putIfAbsent(host, well ? Turn.CHANGED : Turn.LOST);
    notifyAll();
  }

  /**
   * Waits until a task is done on the host that it runs on, or that host does nothing more.
   *
   * @param sign given every few seconds of waiting, so that the waiting host's lock is not taken
   *     for that of a run that has vanished
   */
  Turn await(PlayTask task, Runnable sign) {
    Place.Once once = (Place.Once) task.task().options().place();
    return await(() -> done.getOrDefault(once.turn(), ended.get(once.host())), sign);
  }

  /** Waits until a host does nothing more for itself; LOST where it has failed. */
  Turn awaitEnd(String host, Runnable sign) {
    return await(() -> ended.get(host), sign);
  }

  private Turn await(Supplier<Turn> what, Runnable sign) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          Optional<Turn> turn = look(what);
          if (turn.isPresent()) {
            return turn.get();
          }
        } catch (InterruptedException stopped) {
          interrupted = true; // the other host is stopped as well, which ends the waiting
        }
        sign.run();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized Optional<Turn> look(Supplier<Turn> what) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Optional<Turn> turn = Optional.ofNullable(what.get());
    long left = patience.toMillis();
    while (turn.isEmpty() && left > 0) {
      wait(left);
      turn = Optional.ofNullable(what.get());
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return turn;
  }
}

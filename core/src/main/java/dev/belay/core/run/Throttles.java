package dev.belay.core.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets only so many hosts of a run make the changes of a task at once. Thread-safe. */
final class Throttles {

  /** Well below the 20 s after which a session that does nothing loses its lock. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Duration patience;
  private final Map<TaskKey, Semaphore> places = new ConcurrentHashMap<>();

  Throttles() {
    this(PATIENCE);
  }

  Throttles(Duration patience) {
    this.patience = patience;
  }

  /**
   * Does the work of one host on a task once there is a place; a host is at one task at a time.
   *
   * @param sign given every few seconds of waiting, so that the host's lock is not taken for that
   *     of a run that has vanished
   */
  boolean within(PlayTask task, Runnable sign, BooleanSupplier work) {
    int hosts = task.task().options().throttle();
    if (hosts == 0) {
      return work.getAsBoolean();
    }
    Semaphore place = places.computeIfAbsent(TaskKey.of(task), key -> new Semaphore(hosts, true));
    while (!isThere(place)) {
      sign.run();
    }
    try {
      return work.getAsBoolean();
    } finally {
      place.release();
    }
  }

  private boolean isThere(Semaphore place) {
    try {
      return place.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      place.acquireUninterruptibly();
      return true;
    }
  }
}

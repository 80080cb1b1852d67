package dev.belay.core.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** Lets only so many hosts of a run make the changes of a task at once. Thread-safe. */
final class Throttles {

  private final Map<TaskKey, Semaphore> places = new ConcurrentHashMap<>();

  /** Does the work of one host on a task once there is a place; a host is at one task at a time. */
  boolean within(PlayTask task, BooleanSupplier work) {
    int hosts = task.task().options().throttle();
    if (hosts == 0) {
      return work.getAsBoolean();
    }
    Semaphore place = places.computeIfAbsent(TaskKey.of(task), key -> new Semaphore(hosts, true));
    place.acquireUninterruptibly();
    try {
      return work.getAsBoolean();
    } finally {
      place.release();
    }
  }
}

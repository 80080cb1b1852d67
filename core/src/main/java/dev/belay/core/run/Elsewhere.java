package dev.belay.core.run;

import java.util.function.BooleanSupplier;

/** Does tasks of one host on other hosts, and tells of them. */
interface Elsewhere {

  /** For a host that delegates nothing. */
  Elsewhere NOWHERE =
      new Elsewhere() {
        @Override
        public Turns.Turn check(PlayTask task, boolean rescued) {
          throw new IllegalStateException("task " + task.task().name() + " is delegated to nobody");
        }

        @Override
        public Turns.Turn apply(PlayTask task, BooleanSupplier rescued, Runnable sign) {
          return check(task, false);
        }
      };

  /**
   * Predicts a task; LOST where apply would fail. Writes nothing.
   *
   * @param rescued whether a failure is told as one for which a rescue is run
   */
  Turns.Turn check(PlayTask task, boolean rescued);

  /**
   * Does a task; LOST where it has failed.
   *
   * @param rescued asked at a failure whether it is told as one for which a rescue is run
   * @param sign given by the calling thread every few seconds, so that the lock of the host that
   *     delegates is not taken for that of a run that has vanished
   */
  Turns.Turn apply(PlayTask task, BooleanSupplier rescued, Runnable sign);
}

package dev.belay.core.run;

/** Does tasks of one host on other hosts, and tells of them. */
interface Elsewhere {

  /** For a host that delegates nothing. */
  Elsewhere NOWHERE =
      new Elsewhere() {
        @Override
        public Turns.Turn check(PlayTask task) {
          throw new IllegalStateException("task " + task.task().name() + " is delegated to nobody");
        }

        @Override
        public Turns.Turn apply(PlayTask task, Runnable sign) {
          return check(task);
        }
      };

  /** Predicts a task; LOST where apply would fail. Writes nothing. */
  Turns.Turn check(PlayTask task);

  /**
   * Does a task; LOST where it has failed.
   *
   * @param sign given by the calling thread every few seconds, so that the lock of the host that
   *     delegates is not taken for that of a run that has vanished
   */
  Turns.Turn apply(PlayTask task, Runnable sign);
}

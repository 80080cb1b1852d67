package dev.belay.core.run;

import java.util.List;

/** Does tasks of one host on other hosts, and tells of them. */
interface Elsewhere {

  /**
   * What has come of a task.
   *
   * @param turn how it ended; LOST where it has failed
   * @param failed what is to be told then, unless a block rescues it; at least one where it failed
   */
  record Done(Turns.Turn turn, List<RunEvent.Failed> failed) {
    /** Copies the list. */
    public Done {
      failed = List.copyOf(failed);
    }
  }

  /** For a host that delegates nothing. */
  Elsewhere NOWHERE =
      new Elsewhere() {
        @Override
        public Done check(PlayTask task) {
          throw new IllegalStateException("task " + task.task().name() + " is delegated to nobody");
        }

        @Override
        public Done apply(PlayTask task, Runnable sign) {
          return check(task);
        }
      };

  /**
   * Predicts a task and tells it, but for a failure; LOST where apply would fail. Writes nothing.
   */
  Done check(PlayTask task);

  /**
   * Does a task and tells it, but for a failure.
   *
   * @param sign given by the calling thread every few seconds, so that the lock of the host that
   *     delegates is not taken for that of a run that has vanished
   */
  Done apply(PlayTask task, Runnable sign);
}

package dev.belay.core.run;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Gives signs of life while something else is done. */
final class Awake {

  private Awake() {}

  /**
   * Does work in a thread of its own, and waits for its end, however long.
   *
   * @param sign given by the calling thread; where it fails, that is thrown once the work is done
   * @param patience time between two signs
   */
  static <T> T whilst(Runnable sign, Duration patience, Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task, Thread.currentThread().getName() + " elsewhere");
    thread.setDaemon(true);
    thread.start();
    Signs signs = new Signs(sign);
    try {
      T result = signs.until(task, patience);
      if (signs.failed != null) {
        throw signs.failed;
      }
      return result;
    } finally {
      if (signs.interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static final class Signs {

    private final Runnable sign;
    private RuntimeException failed;
    private boolean interrupted;

    Signs(Runnable sign) {
      this.sign = sign;
    }

    <T> T until(FutureTask<T> task, Duration patience) {
      while (true) {
        try {
          return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException goesOn) {
          give();
        } catch (InterruptedException stopped) {
          interrupted = true; // what is asked to stop ends by itself
        } catch (ExecutionException broken) {
          if (broken.getCause() instanceof RuntimeException bug) {
            throw bug;
          }
          throw new IllegalStateException(broken.getCause());
        }
      }
    }

    private void give() {
      try {
        if (failed == null) {
          sign.run();
        }
      } catch (RuntimeException lost) {
        failed = lost;
      }
    }
  }
}

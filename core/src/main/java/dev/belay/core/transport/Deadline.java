package dev.belay.core.transport;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A time limit on something that blocks and knows no time limit itself, such as a channel's read.
 *
 * <p>One daemon thread serves all of them.
 */
final class Deadline implements AutoCloseable {

  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final long limit;
  private final LongSupplier since;
  private final Runnable giveUp;
  private Future<?> check;
  private boolean over;
  private boolean closed;

  private Deadline(Duration limit, LongSupplier since, Runnable giveUp) {
    this.limit = limit.toNanos();
    this.since = since;
    this.giveUp = giveUp;
  }

  /**
   * Starts a limit.
   *
   * @param since the last progress, as {@link System#nanoTime()}; the limit counts from there
   * @param giveUp what is done, on another thread, once the limit has passed
   */
  static Deadline start(Duration limit, LongSupplier since, Runnable giveUp) {
    Deadline deadline = new Deadline(limit, since, giveUp);
    deadline.look();
    return deadline;
  }

  /** Tells whether the limit passed before this was closed. */
  synchronized boolean passed() {
    return over;
  }

  @Override
  public synchronized void close() {
    closed = true;
    check.cancel(false);
  }

  private void look() {
    boolean act;
    synchronized (this) {
      long left = limit - (System.nanoTime() - since.getAsLong());
      act = !closed && left <= 0;
      over = over || act;
      if (!closed && !act) {
        check = CLOCK.schedule(this::look, left, TimeUnit.NANOSECONDS);
      }
    }
    if (act) {
      giveUp.run();
    }
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "belay-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }
}

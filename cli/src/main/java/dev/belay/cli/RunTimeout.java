package dev.belay.cli;

import dev.belay.core.run.Runner;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets each host end after the change it is at once a run takes too long: what was done is in the
 * journal, and a guarded block is undone.
 */
final class RunTimeout implements AutoCloseable {

  private final CountDownLatch ended = new CountDownLatch(1);

  private RunTimeout() {}

  /** Begins to count, if the options name a time. */
  static RunTimeout of(Session session, Runner runner) {
    RunTimeout timeout = new RunTimeout();
    Optional<Duration> longest = session.options().runTimeout();
    if (longest.isPresent()) {
      Thread thread =
          new Thread(() -> timeout.await(longest.get(), session, runner), "belay run timeout");
      thread.setDaemon(true);
      thread.start();
    }
    return timeout;
  }

  private void await(Duration longest, Session session, Runner runner) {
    try {
      if (!ended.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        session
            .streams()
            .err()
            .println(
                "belay: the run takes longer than "
                    + longest.toSeconds()
                    + " s; each host ends after what it is at");
        runner.stop();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts no more. */
  void end() {
    ended.countDown();
  }

  @Override
  public void close() {
    end();
  }
}

package dev.belay.core.transport.ssh;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A time limit on connecting by a way that has no limit of its own on reading.
 *
 * <p>Once it has passed, the connection is dropped, so that whoever waits gets an error.
 */
final class Patience implements AutoCloseable {

  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicBoolean lost = new AtomicBoolean();

  private Patience() {}

  static Patience with(Login.Session session, Duration limit) {
    Patience patience = new Patience();
    if (session.socket() instanceof StreamSocket) {
      Executor later = CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS);
      later.execute(() -> patience.lose(session));
    }
    return patience;
  }

  private void lose(Login.Session session) {
    if (!done.getAndSet(true)) {
      lost.set(true);
      Login.drop(session);
    }
  }

  /** Returns why it failed: the limit, or what was seen. */
  IOException blame(IOException seen) {
    return lost.get() ? new SocketTimeoutException("no answer in time") : seen;
  }

  @Override
  public void close() {
    done.set(true);
  }
}

package dev.belay.core.run;

import dev.belay.core.inventory.Host;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same for many hosts, some at a time. */
final class Fleet {

  private Fleet() {}

  /** Waits for all; {@code work} must not throw. One host alone costs no thread. */
  static void forEach(Collection<Host> hosts, int forks, Consumer<Host> work) {
    if (hosts.size() <= 1 || forks == 1) {
      hosts.forEach(work);
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(forks, hosts.size()));
    try {
      List<Future<?>> running = new ArrayList<>();
      hosts.forEach(host -> running.add(threads.submit(() -> work.accept(host))));
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException broken) {
      throw new IllegalStateException("a host's work must not throw", broken.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}

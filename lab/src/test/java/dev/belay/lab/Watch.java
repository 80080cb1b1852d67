package dev.belay.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a control plane a few times a second, from the host itself, while something is done to
 * it: are the manifests as they were, and is the API server ready?
 */
final class Watch implements AutoCloseable {

  private static final String LOOK =
      """
      while :; do
        seen=$(cd /etc/kubernetes/manifests && sha256sum * | sha256sum | cut -c1-64)
        said=$(curl -sk -o /dev/null -w '%{http_code}' --max-time 2 https://10.77.0.10:6443/readyz)
        echo "$(date +%s%3N) ${seen:-none} $said"
        sleep 0.3
      done
      """;

  private final Process process;
  private final List<Sample> samples = new ArrayList<>();
  private final CompletableFuture<Void> reader;
  private Runnable onChange;

  private record Sample(long millis, String manifests, boolean ready) {}

  private Watch(Process process, Runnable onChange) {
    this.process = process;
    this.onChange = onChange;
    this.reader = CompletableFuture.runAsync(this::read);
  }

  /**
   * Begins to look, and returns after the first look.
   *
   * @param onChange done once, when the manifests are first seen to differ
   */
  static Watch of(LabHost host, Runnable onChange) {
    var watch = new Watch(host.start(LOOK), onChange);
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (watch.samples().isEmpty()) {
      if (System.nanoTime() > end || !watch.process.isAlive()) {
        watch.close();
        throw new AssertionError("the host cannot be watched");
      }
      Thread.onSpinWait();
    }
    return watch;
  }

  private void read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var words = line.split(" ", -1);
        if (words.length == 3) {
          add(new Sample(Long.parseLong(words[0]), words[1], words[2].equals("200")));
        }
      }
    } catch (IOException ended) {
      // It is ended by close.
    }
  }

  private void add(Sample sample) {
    synchronized (samples) {
      samples.add(sample);
    }
    if (onChange != null && !sample.manifests().equals(samples().get(0).manifests())) {
      var act = onChange;
      onChange = null;
      act.run();
    }
  }

  private List<Sample> samples() {
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }

  /**
   * Returns the time from the first look that saw other manifests to the first of those that saw,
   * to the end, the old manifests and a ready API server; null when it was never so again.
   */
  Duration recovery() {
    var all = samples();
    var old = all.get(0).manifests();
    int broken = 0;
    while (broken < all.size() && all.get(broken).manifests().equals(old)) {
      broken++;
    }
    int healed = all.size();
    while (healed > 0
        && all.get(healed - 1).ready()
        && all.get(healed - 1).manifests().equals(old)) {
      healed--;
    }
    if (broken == all.size()) {
      return Duration.ZERO;
    }
    return healed == all.size()
        ? null
        : Duration.ofMillis(all.get(healed).millis() - all.get(broken).millis());
  }

  /** Returns how long the API server was not ready, all looks taken together. */
  Duration away() {
    var all = samples();
    long away = 0;
    for (int i = 1; i < all.size(); i++) {
      if (!all.get(i).ready()) {
        away += all.get(i).millis() - all.get(i - 1).millis();
      }
    }
    return Duration.ofMillis(away);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      reader.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError("the watch does not end", e);
    }
  }
}

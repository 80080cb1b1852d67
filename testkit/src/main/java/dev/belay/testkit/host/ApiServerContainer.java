package dev.belay.testkit.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One run of the stand-in API server's process, with its log in the form of the CRI. */
final class ApiServerContainer {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);
  private static final String SERVING = "Serving securely";

  private final Process process;
  private final Path log;
  private volatile boolean serving;

  private ApiServerContainer(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the process.
   *
   * @param enter makes a process inside the host of the words it is given
   * @param log the file on the host that receives what it prints
   */
  static ApiServerContainer start(
      Function<List<String>, ProcessBuilder> enter,
      StaticPod pod,
      ApiServerStartup startup,
      Duration startupTime,
      Path log)
      throws IOException {
    var words = new ArrayList<>(List.of("env", "--chdir=" + KubernetesTree.STAND_INS));
    words.add("BELAY_FAIL=" + startup.failure());
    words.add("BELAY_PORT=" + startup.port());
    words.add("BELAY_STARTUP=" + startupTime.toMillis() / 1000.0);
    words.add("BELAY_AUDIT_LOG=" + startup.auditLog());
    words.addAll(List.of("perl", "apiserver"));
    words.addAll(pod.argv().subList(1, pod.argv().size()));
    Files.createDirectories(log.getParent());
    Files.writeString(log, "");
    var process = enter.apply(words).start();
    process.getOutputStream().close();
    var container = new ApiServerContainer(process, log);
    container.follow("stdout", process.getInputStream());
    container.follow("stderr", process.getErrorStream());
    return container;
  }

  private void follow(String stream, InputStream from) {
    var thread = new Thread(() -> copy(stream, from), "embedded-host-apiserver-" + stream);
    thread.setDaemon(true);
    thread.start();
  }

  private void copy(String stream, InputStream from) {
    try (var lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        write(STAMP.format(Instant.now()) + " " + stream + " F " + line + "\n");
        serving |= line.contains(SERVING);
      }
    } catch (IOException | UncheckedIOException e) {
      // The host is being closed and its files have gone.
    }
  }

  private synchronized void write(String line) throws IOException {
    Files.writeString(log, line, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Returns whether it has begun to answer requests. */
  boolean isServing() {
    return serving && process.isAlive();
  }

  int exitStatus() {
    return process.exitValue();
  }

  /** Asks the process to end, then kills it; returns when it is gone. */
  void stop() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroy);
    if (!process.waitFor(2, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.waitFor();
    }
  }
}

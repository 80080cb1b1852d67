package dev.belay.core.transport.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** This machine's ssh-agent on a socket of its own. */
final class LoopbackAgent implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path folder;
  private final Process process;

  private LoopbackAgent(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  static LoopbackAgent start() throws IOException, InterruptedException {
    // A socket's path must be short, unlike those of test folders.
    Path folder = Files.createTempDirectory("belay-agent");
    Path socket = folder.resolve("s");
    ProcessBuilder builder =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("SSH_ASKPASS", "/bin/false");
    Process process = builder.start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(socket)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IllegalStateException("ssh-agent did not start");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return new LoopbackAgent(folder, process);
  }

  Path socket() {
    return folder.resolve("s");
  }

  void add(Path key, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ssh-add", "-q"));
    command.addAll(List.of(options));
    command.add(key.toString());
    run(command);
  }

  void remove(Path key) throws IOException, InterruptedException {
    run(List.of("ssh-add", "-q", "-d", key.toString()));
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SSH_AUTH_SOCK", socket().toString());
    Process add = builder.start();
    add.getOutputStream().close();
    String said = new String(add.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (add.waitFor() != 0) {
      throw new IllegalStateException(command + ": " + said);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(socket());
      Files.deleteIfExists(folder);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A command at a terminal of its own, made by script(1) of util-linux, 80 columns wide. */
final class PseudoTerminal implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final Path seen;

  private PseudoTerminal(Process process, Path seen) {
    this.process = process;
    this.seen = seen;
  }

  static boolean isHere() {
    return Files.isExecutable(Path.of("/usr/bin/script"));
  }

  static PseudoTerminal start(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    Path seen = Files.createTempFile(folder, "seen", "");
    String line =
        command.stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" ", "stty rows 24 cols 80; exec ", ""));
    ProcessBuilder builder =
        new ProcessBuilder("env", "--default-signal=INT", "script", "-qefc", line, "/dev/null");
    builder.environment().keySet().removeAll(List.of("CI", "NO_COLOR", "COLUMNS", "FORCE_COLOR"));
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(seen.toFile());
    return new PseudoTerminal(builder.start(), seen);
  }

  /** Everything that was printed so far. */
  String text() throws IOException {
    return new String(Files.readAllBytes(seen), StandardCharsets.UTF_8);
  }

  /** Waits until something is printed. */
  void await(String text) throws Exception {
    awaitAfter(0, text);
  }

  /** Waits until something is printed after so many characters. */
  void awaitAfter(int begin, String text) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (text().indexOf(text, begin) < 0) {
      assertThat(process.isAlive()).as("it goes on: %s", text()).isTrue();
      assertThat(System.nanoTime()).as("%s in: %s", text, text()).isLessThan(end);
      Thread.sleep(20);
    }
  }

  /** Types keys. */
  void type(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Waits for the end and returns the exit code. */
  int exit() throws Exception {
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(text()).isTrue();
    return process.exitValue();
  }

  /** Ends the command, if it still runs: a terminal that goes away hangs up. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }
}

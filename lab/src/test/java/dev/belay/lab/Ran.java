package dev.belay.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a program of this machine did.
 *
 * @param command its words
 * @param exit its exit status
 * @param output standard output and standard error, as they came
 */
record Ran(List<String> command, int exit, String output) {

  /** Runs a program to its end and fails where it has none within the limit. */
  static Ran of(
      Path directory, Map<String, String> environment, Duration limit, String... command) {
    try {
      var builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.redirectErrorStream(true).environment().putAll(environment);
      var process = builder.start();
      process.getOutputStream().close();
      var output = CompletableFuture.supplyAsync(() -> read(process));
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(
            "no end after %s s: %s%n%s"
                .formatted(limit.toSeconds(), String.join(" ", command), output.join()));
      }
      return new Ran(List.of(command), process.exitValue(), output.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted: " + String.join(" ", command), e);
    }
  }

  private static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the output of a program that ended well, and fails with it otherwise. */
  String well() {
    if (exit != 0) {
      throw new AssertionError("exit " + exit + ": " + String.join(" ", command) + "\n" + output);
    }
    return output;
  }
}

package dev.belay.cli;

import dev.belay.core.inventory.InventoryText;
import dev.belay.core.inventory.InventoryTexts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs an inventory script. */
final class InventoryScript {

  private static final long PATIENCE_SECONDS = 120;

  private InventoryScript() {}

  /**
   * Asks it for its list and, where that holds no variables, for each host.
   *
   * @throws ComplaintException when it cannot be run, fails or takes longer than two minutes
   */
  static InventoryText run(Path script, String name) {
    byte[] list = ask(script, name, "--list");
    Map<String, byte[]> answers = new HashMap<>();
    for (String host : InventoryTexts.hostsToAsk(name, list)) {
      byte[] answer = ask(script, name, "--host", host);
      if (!new String(answer, StandardCharsets.UTF_8).isBlank()) {
        answers.put(host, answer);
      }
    }
    return new InventoryText(name, InventoryText.Kind.SCRIPT, list, answers);
  }

  private static byte[] ask(Path script, String name, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = script.toAbsolutePath().toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process = new ProcessBuilder(command).start();
      process.getOutputStream().close();
      CompletableFuture<byte[]> errors = read(process.getErrorStream());
      CompletableFuture<byte[]> output = read(process.getInputStream());
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        throw failed(name, arguments, "no end within " + PATIENCE_SECONDS + " s", null);
      }
      byte[] printed = output.join();
      if (process.exitValue() != 0) {
        String said = new String(errors.join(), StandardCharsets.UTF_8).strip();
        throw failed(name, arguments, "exit code " + process.exitValue() + ": " + said, null);
      }
      return printed;
    } catch (IOException e) {
      throw failed(name, arguments, e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(name, arguments, "an interrupt", e);
    }
  }

  private static CompletableFuture<byte[]> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static ComplaintException failed(
      String name, String[] arguments, String got, Exception cause) {
    return ComplaintException.usage(
        "the inventory script " + name + " failed",
        "JSON on its standard output for " + String.join(" ", List.of(arguments)),
        got,
        "run it by hand; if it is no script, take its execute permission away: chmod -x " + name,
        cause);
  }
}

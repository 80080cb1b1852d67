package dev.belay.dsl.secret;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a command on this machine for what it prints. */
final class LocalCommand {

  private static final long PATIENCE_SECONDS = 300;

  private LocalCommand() {}

  static byte[] output(SecretSource source, List<String> argv) {
    return output(source.words(), argv);
  }

  /** Returns what it prints; what it says on standard error is said by us. */
  static byte[] output(String source, List<String> argv) {
    try {
      Process process =
          new ProcessBuilder(argv)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      CompletableFuture<byte[]> printed = CompletableFuture.supplyAsync(() -> all(process));
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        throw failed(source, "no end within " + PATIENCE_SECONDS + " s", null);
      }
      byte[] bytes = printed.join();
      if (process.exitValue() != 0) {
        throw failed(source, "exit code " + process.exitValue(), null);
      }
      return bytes;
    } catch (IOException cannot) {
      throw failed(source, cannot.getMessage(), cannot);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw failed(source, "an interrupt", stopped);
    }
  }

  private static byte[] all(Process process) {
    try (InputStream out = process.getInputStream()) {
      return out.readAllBytes();
    } catch (IOException cut) {
      return new byte[0];
    }
  }

  private static SecretUnreadableException failed(String source, String got, Exception cause) {
    return new SecretUnreadableException(
        source, got, "run it by hand and see that it prints the secret and nothing else", cause);
  }
}

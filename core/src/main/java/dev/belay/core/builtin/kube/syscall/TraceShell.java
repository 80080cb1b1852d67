package dev.belay.core.builtin.kube.syscall;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The shell functions that questions about system calls begin with. */
final class TraceShell {

  /** The text of {@code trace.sh}; defines functions and prints nothing. */
  static final String FUNCTIONS = read();

  private TraceShell() {}

  private static String read() {
    try (InputStream in = TraceShell.class.getResourceAsStream("trace.sh")) {
      if (in == null) {
        throw new IllegalStateException("the jar of belay-core lacks trace.sh");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.joining("\n", "", "\n"));
    } catch (IOException broken) {
      throw new UncheckedIOException("the jar of belay-core is damaged at trace.sh", broken);
    }
  }
}

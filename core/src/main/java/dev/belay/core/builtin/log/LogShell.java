package dev.belay.core.builtin.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The shell functions that questions about logs begin with. */
final class LogShell {

  /** The text of {@code log.sh}; defines functions and prints nothing. */
  static final String FUNCTIONS = read();

  private LogShell() {}

  private static String read() {
    try (InputStream in = LogShell.class.getResourceAsStream("log.sh")) {
      if (in == null) {
        throw new IllegalStateException("the jar of belay-core lacks log.sh");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .reduce("", (all, line) -> all + line + "\n");
    } catch (IOException broken) {
      throw new UncheckedIOException("the jar of belay-core is damaged at log.sh", broken);
    }
  }
}

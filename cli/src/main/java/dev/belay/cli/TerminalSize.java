package dev.belay.cli;

import dev.belay.core.report.LiveLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/** How large the terminal is; asked again only after it has become another. */
final class TerminalSize implements Supplier<LiveLines.Size>, AutoCloseable {

  private static final LiveLines.Size USUAL = new LiveLines.Size(80, 24);

  private final Map<String, String> environment;
  private final Object previous;
  private volatile LiveLines.Size known;

  /** Listens until closed for the signal that the terminal has another size. */
  TerminalSize(Map<String, String> environment) {
    this.environment = environment;
    this.previous = Signals.on("WINCH", () -> known = null);
  }

  @Override
  public LiveLines.Size get() {
    LiveLines.Size size = known;
    if (size == null) {
      size = ask(environment);
      known = size;
    }
    return size;
  }

  @Override
  public void close() {
    Signals.restore("WINCH", previous);
  }

  /** Returns the size: its width as the shell says, else as stty says, else 80. */
  static LiveLines.Size ask(Map<String, String> environment) {
    LiveLines.Size asked = ofStty();
    String said = environment.getOrDefault("COLUMNS", "");
    return said.matches("[1-9]\\d{0,4}")
        ? new LiveLines.Size(Integer.parseInt(said), asked.rows())
        : asked;
  }

  private static LiveLines.Size ofStty() {
    try {
      Process stty =
          new ProcessBuilder("sh", "-c", "stty size </dev/tty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream out = stty.getInputStream()) {
        String size = new String(out.readAllBytes(), StandardCharsets.US_ASCII).strip();
        return size.matches("[1-9]\\d{0,4} [1-9]\\d{0,4}") ? of(size.split(" ")) : USUAL;
      }
    } catch (IOException noStty) {
      return USUAL;
    }
  }

  private static LiveLines.Size of(String[] rowsAndColumns) {
    return new LiveLines.Size(
        Integer.parseInt(rowsAndColumns[1]), Integer.parseInt(rowsAndColumns[0]));
  }
}

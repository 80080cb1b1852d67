package dev.belay.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A table of what was seen, kept as {@code lab/target/reliability/NAME.md}, written anew after each
 * row so that a run that was stopped leaves its rows.
 */
final class Outcomes {

  private final Path file;
  private final List<String> lines = new ArrayList<>();

  Outcomes(String name, String... columns) {
    this.file = LabHost.project().resolve("lab/target/reliability/" + name + ".md");
    add((Object[]) columns);
    lines.add("|" + "---|".repeat(columns.length));
  }

  /** Adds a row. */
  void add(Object... cells) {
    var row = new StringBuilder("|");
    for (var cell : cells) {
      row.append(' ').append(cell).append(" |");
    }
    lines.add(row.toString());
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a time in seconds, as tables show it. */
  static String seconds(Optional<Duration> time) {
    return time.map(Outcomes::seconds).orElse("");
  }

  /** Returns a time in seconds, as tables show it. */
  static String seconds(Duration time) {
    return time == null ? "never" : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}

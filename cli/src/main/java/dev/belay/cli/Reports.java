package dev.belay.cli;

import dev.belay.core.report.Colour;
import dev.belay.core.report.ConsoleLook;
import dev.belay.core.report.ConsoleReport;
import dev.belay.core.report.JsonReport;
import dev.belay.core.report.JunitReport;
import dev.belay.core.run.RunEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** Chooses how a run is told. */
final class Reports {

  private Reports() {}

  /**
   * Returns the report the options ask for.
   *
   * @param diffs whether differences are shown even where the options do not ask
   */
  static Consumer<RunEvent> of(Invocation options, Streams streams, boolean diffs) {
    Consumer<RunEvent> shown =
        options.has(Flag.JSON)
            ? new JsonReport(streams.out())
            : new ConsoleReport(streams.out(), look(options, streams, diffs));
    return options.junit().map(file -> shown.andThen(junit(file, options))).orElse(shown);
  }

  /** Complains before any host is touched where the file could not be written afterwards. */
  private static Consumer<RunEvent> junit(String name, Invocation options) {
    Path file = Path.of(name);
    Path folder = file.toAbsolutePath().getParent();
    boolean writable = Files.exists(file) ? Files.isWritable(file) : Files.isWritable(folder);
    if (!writable || Files.isDirectory(file)) {
      throw ComplaintException.usage(
          "the report " + name + " cannot be written",
          "a file for --junit that can be written",
          Files.isDirectory(file) ? "a folder" : "no permission, or no such folder",
          "name another file");
    }
    return new JunitReport(file, options.has(Flag.JUNIT_FAIL_ON_CHANGE));
  }

  private static ConsoleLook look(Invocation options, Streams streams, boolean diffs) {
    boolean terminal = streams.terminal().attended();
    return new ConsoleLook(
        diffs || options.has(Flag.DIFF),
        Colour.of(options.color()).on(terminal, System.getenv()),
        terminal ? columns(System.getenv()) : 0);
  }

  /** Width of the terminal: as the shell says, else as stty says, else 80. */
  static int columns(Map<String, String> environment) {
    String said = environment.getOrDefault("COLUMNS", "");
    if (said.matches("[1-9]\\d{0,4}")) {
      return Integer.parseInt(said);
    }
    try {
      Process stty =
          new ProcessBuilder("sh", "-c", "stty size </dev/tty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream out = stty.getInputStream()) {
        String size = new String(out.readAllBytes(), StandardCharsets.US_ASCII).strip();
        return size.matches("\\d+ [1-9]\\d{0,4}") ? Integer.parseInt(size.split(" ")[1]) : 80;
      }
    } catch (IOException noStty) {
      return 80;
    }
  }
}

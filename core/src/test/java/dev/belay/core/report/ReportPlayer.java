package dev.belay.core.report;

import dev.belay.core.run.RunEvent;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Plays the sample runs into a terminal, to look at: {@code ReportPlayer NAME [COLUMNS] [json]}.
 */
final class ReportPlayer {

  private ReportPlayer() {}

  public static void main(String[] args) {
    Map<String, List<RunEvent>> runs =
        Map.of(
            "check", SampleRuns.check(),
            "rolled-back", SampleRuns.rolledBack(),
            "fleet", SampleRuns.fleet(),
            "incomplete", SampleRuns.incomplete());
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    int columns = args.length > 1 ? Integer.parseInt(args[1]) : 80;
    ConsoleLook look = ConsoleLook.PLAIN.withDiffs().withColumns(columns);
    boolean colour = Colour.AUTO.on(System.console() != null, System.getenv());
    boolean json = args.length > 2 && args[2].equals("json");
    runs.get(args[0])
        .forEach(
            json ? new JsonReport(out) : new ConsoleReport(out, colour ? look.withColour() : look));
  }
}

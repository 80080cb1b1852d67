package dev.belay.core.report;

import dev.belay.core.run.RunEvent;
import java.io.Flushable;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Tells a run to a log file: what the console is told, without colours, each line with its time in
 * UTC (ISO 8601, milliseconds), and when hosts answered and tasks began. Not thread-safe. When the
 * output fails, such as a full disk, the report falls silent and the run goes on.
 */
public final class LogReport implements Consumer<RunEvent> {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Appendable out;
  private final InstantSource clock;
  private final StringBuilder told = new StringBuilder();
  private final ConsoleReport report;
  private boolean silent;

  /**
   * Makes a report.
   *
   * @param out where it is written, each event at once; flushed after each when it can be
   * @param clock tells when an event came
   * @param diffs whether differences are written
   */
  public LogReport(Appendable out, InstantSource clock, boolean diffs) {
    this.out = out;
    this.clock = clock;
    this.report = new ConsoleReport(told, new ConsoleLook(diffs, false, 0));
  }

  /** Writes what the event tells. */
  @Override
  public void accept(RunEvent event) {
    told.setLength(0);
    if (event instanceof RunEvent.Started started && !started.run().isBlank()) {
      told.append("run ").append(SafeText.line(started.run())).append(" begins\n");
    } else if (event instanceof RunEvent.Connected connected) {
      String time = Words.time(connected.elapsed());
      told.append(SafeText.name(connected.host())).append(" answered after ").append(time);
    } else if (event instanceof RunEvent.Began began) {
      told.append(SafeText.name(began.host())).append(" begins ");
      told.append(SafeText.name(began.task()));
    }
    report.accept(event);
    print(TIME.format(clock.instant()));
  }

  private void print(String time) {
    StringBuilder lines = new StringBuilder();
    told.toString()
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> lines.append(time).append(' ').append(line).append('\n'));
    if (silent || lines.isEmpty()) {
      return;
    }
    try {
      out.append(lines);
      if (out instanceof Flushable flushable) {
        flushable.flush();
      }
    } catch (IOException full) {
      silent = true;
    }
  }
}

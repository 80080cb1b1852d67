package dev.belay.cli;

import dev.belay.core.report.AnnotationReport;
import dev.belay.core.report.HtmlReport;
import dev.belay.core.report.LiveLines;
import dev.belay.core.run.RunEvent;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All that tells of one run: the terminal with its lines of what hosts are at, and the files beside
 * it. A report that cannot be written says so once and ends nothing. Runs tell it one event at a
 * time; the rest may be called by any thread.
 */
final class RunReport implements Consumer<RunEvent>, AutoCloseable {

  private static final long TICK_MILLIS = 200;

  private final PrintStream err;
  private final List<Consumer<RunEvent>> reports = new ArrayList<>();
  private final List<Closeable> toClose = new ArrayList<>();
  private Optional<AnnotationReport> annotations = Optional.empty();
  private Optional<HtmlReport> page = Optional.empty();
  private Optional<LiveLines> live = Optional.empty();

  /**
   * Makes a report that tells nothing yet.
   *
   * @param err where it is said that a report cannot be written
   */
  RunReport(PrintStream err) {
    this.err = err;
  }

  RunReport add(Consumer<RunEvent> report) {
    reports.add(report);
    return this;
  }

  /** Adds lines of what hosts are at, through which the reports of the terminal print. */
  LiveLines addLive(LiveLines lines) {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "belay-live");
              thread.setDaemon(true);
              return thread;
            });
    Future<?> ticking =
        clock.scheduleWithFixedDelay(lines::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    live = Optional.of(lines);
    closing(
        () -> {
          ticking.cancel(false);
          clock.shutdown();
          lines.close();
        });
    return lines;
  }

  /** Adds annotations; they begin before all else is told, and end after it. */
  void add(AnnotationReport report) {
    annotations = Optional.of(report);
  }

  /** Adds a page, which is written too when the process is about to end. */
  void add(HtmlReport report) {
    page = Optional.of(report);
    reports.add(report);
  }

  /** Names what is closed with the report. */
  void closing(Closeable end) {
    toClose.add(end);
  }

  @Override
  public void accept(RunEvent event) {
    live.ifPresent(lines -> lines.accept(event));
    if (event instanceof RunEvent.Started) {
      annotations.ifPresent(report -> report.accept(event));
    }
    List<Consumer<RunEvent>> broken = new ArrayList<>();
    for (Consumer<RunEvent> report : reports) {
      try {
        report.accept(event);
      } catch (UncheckedIOException unwritable) {
        complain(unwritable);
        broken.add(report);
      }
    }
    reports.removeAll(broken);
    if (!(event instanceof RunEvent.Started)) {
      annotations.ifPresent(report -> report.accept(event));
    }
  }

  private void complain(UncheckedIOException unwritable) {
    err.println("belay: " + unwritable.getMessage() + ": " + unwritable.getCause().getMessage());
  }

  /** Asks with the lines of what hosts are at out of the way. */
  <T> T aside(Supplier<T> question) {
    return live.isPresent() ? live.get().aside(question) : question.get();
  }

  /** Leaves terminal and files as they should be when the process ends now. */
  void cutOff() {
    live.ifPresent(LiveLines::close);
    annotations.ifPresent(AnnotationReport::close);
    try {
      page.ifPresent(HtmlReport::write);
    } catch (UncheckedIOException unwritable) {
      complain(unwritable);
    }
  }

  @Override
  public void close() {
    annotations.ifPresent(AnnotationReport::close);
    for (Closeable each : toClose) {
      try {
        each.close();
      } catch (IOException e) {
        complain(new UncheckedIOException("a report cannot be closed", e));
      }
    }
  }
}

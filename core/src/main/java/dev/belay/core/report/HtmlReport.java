package dev.belay.core.report;

import dev.belay.core.run.RunEvent;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells a run as one HTML page that is complete in itself: it loads nothing, can be read without a
 * script, searched and filtered with one, and printed. Written whole or not at all once a run is
 * over, also when it failed; what was there before stays until then. A check that the run follows
 * is replaced, a rollback that follows it is told below it. May be told from several threads.
 */
public final class HtmlReport implements Consumer<RunEvent> {

  private final Path file;
  private final InstantSource clock;
  private final List<Moment> moments = new ArrayList<>();

  /**
   * Makes a report.
   *
   * @param file where it is written, readable by its owner alone
   * @param clock tells when an event came
   */
  public HtmlReport(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Takes the event in; the end of a run writes the file.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  @Override
  public void accept(RunEvent event) {
    synchronized (moments) {
      moments.add(new Moment(clock.instant(), event));
    }
    if (event instanceof RunEvent.Ended) {
      write();
    }
  }

  /**
   * Writes what was told so far, as for a run that is cut off; nothing when no run was begun.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  public void write() {
    List<Moment> told;
    synchronized (moments) {
      told = List.copyOf(moments);
    }
    if (!told.isEmpty()) {
      WholeFile.write(file, page(told));
    }
  }

  /** Returns the page for events as they were told. Pure. */
  public static String page(List<Moment> moments) {
    return HtmlPage.of(moments);
  }
}

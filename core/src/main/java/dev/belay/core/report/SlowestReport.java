package dev.belay.core.report;

import dev.belay.core.run.RunEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells at the end of a run which tasks took longest. A check does nothing that takes time, and has
 * none. Not thread-safe; falls silent when the output fails.
 */
public final class SlowestReport implements Consumer<RunEvent> {

  private final Appendable out;
  private final ConsoleLook look;
  private final int most;
  private final List<RunEvent> tasks = new ArrayList<>();
  private Stage stage = Stage.EMPTY;

  /**
   * Makes a report.
   *
   * @param out where it is written, once a run is over
   * @param look how it looks
   * @param most how many tasks it tells, at least 1
   */
  public SlowestReport(Appendable out, ConsoleLook look, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least 1 task, got " + most);
    }
    this.out = out;
    this.look = look;
    this.most = most;
  }

  /** Takes the event in; the end of the run prints. */
  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.Started started) {
      stage = Stage.of(started);
      tasks.clear();
    } else if (event instanceof RunEvent.TaskEnded) {
      tasks.add(event);
    } else if (event instanceof RunEvent.Ended && !stage.kind().dry()) {
      print();
    }
  }

  private void print() {
    Page page = new Page(look);
    page.gap();
    page.line(page.ink(Ink.BOLD, "SLOWEST TASKS"));
    List<RunEvent.TaskEnded> slowest = Slowest.of(tasks, most);
    int width = slowest.stream().mapToInt(task -> time(task).length()).max().orElse(0);
    for (RunEvent.TaskEnded task : slowest) {
      String play = task.play().isBlank() ? "" : task.play() + " › ";
      page.line(
          " ".repeat(2 + width - time(task).length()),
          time(task) + "  ",
          page.ink(Ink.PLAIN, play + task.task() + stage.on(task.host())));
    }
    if (slowest.isEmpty()) {
      page.line("  ", "no task took any time");
    }
    try {
      out.append(page.toString());
    } catch (IOException gone) {
      // A run must not end badly because nobody reads any more.
    }
  }

  private static String time(RunEvent.TaskEnded task) {
    return Words.fine(task.elapsed());
  }
}

package dev.belay.core.report;

import dev.belay.core.run.RunEvent;
import java.io.Flushable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lines at the end of a terminal's text that say what each host of a run is at. Reports print
 * through it: it takes its lines away, prints, and puts them back, in one piece so that nothing
 * flickers. It is told an event before the reports that print through it are. May be used by
 * several threads.
 */
public final class LiveLines implements Appendable, Flushable, Consumer<RunEvent>, AutoCloseable {

  /**
   * How large a terminal is.
   *
   * @param columns its width, at least 1
   * @param rows its height, at least 1
   */
  public record Size(int columns, int rows) {}

  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final String CLEAR_BELOW = "\u001b[J";

  /** More lines than this are no help. */
  private static final int MOST = 12;

  private final Appendable terminal;
  private final boolean colour;
  private final Supplier<Size> size;
  private final LongSupplier nanos;
  private final LiveBoard board = new LiveBoard();
  private final StringBuilder toPrint = new StringBuilder();
  private List<String> drawn = List.of();
  private boolean hidden;
  private boolean aside;
  private boolean silent;

  /**
   * Makes the lines; nothing is drawn before a run begins.
   *
   * @param terminal where all is printed; flushed after each piece when it can be
   * @param colour whether the lines are dimmed
   * @param size tells how large the terminal is, asked before each drawing
   * @param nanos tells the time, as {@link System#nanoTime()}
   */
  public LiveLines(Appendable terminal, boolean colour, Supplier<Size> size, LongSupplier nanos) {
    this.terminal = terminal;
    this.colour = colour;
    this.size = size;
    this.nanos = nanos;
  }

  /** Takes the event in; what is new is shown by the next {@link #flush} or {@link #tick}. */
  @Override
  public synchronized void accept(RunEvent event) {
    board.tell(event, nanos.getAsLong());
    if (event instanceof RunEvent.Ended) {
      tick();
    }
  }

  /** Draws the lines anew where they say something else by now. */
  public synchronized void tick() {
    draw();
  }

  @Override
  public synchronized LiveLines append(CharSequence text) {
    toPrint.append(text);
    return this;
  }

  @Override
  public synchronized LiveLines append(CharSequence text, int start, int end) {
    toPrint.append(text, start, end);
    return this;
  }

  @Override
  public synchronized LiveLines append(char sign) {
    toPrint.append(sign);
    return this;
  }

  /** Prints what was appended above the lines. */
  @Override
  public synchronized void flush() {
    draw();
  }

  /**
   * Does something else with the terminal, such as asking, with the lines out of the way.
   *
   * @param work what is done; others may print meanwhile
   */
  public <T> T aside(Supplier<T> work) {
    synchronized (this) {
      aside = true;
      draw();
    }
    try {
      return work.get();
    } finally {
      synchronized (this) {
        aside = false;
        draw();
      }
    }
  }

  /** Takes the lines away for good; what is appended afterwards is still printed. */
  @Override
  public synchronized void close() {
    aside = true;
    draw();
  }

  private void draw() {
    Size now = size.get();
    int width = Math.max(1, now.columns() - 1);
    List<String> lines =
        aside
            ? List.of()
            : board.lines(width, Math.max(1, Math.min(MOST, now.rows() - 2)), nanos.getAsLong());
    if (toPrint.isEmpty() && lines.equals(drawn)) {
      return;
    }
    StringBuilder text = new StringBuilder(erased(now.columns())).append(toPrint);
    toPrint.setLength(0);
    if (lines.isEmpty() == hidden) {
      text.append(hidden ? SHOW_CURSOR : HIDE_CURSOR);
      hidden = !hidden;
    }
    text.append(String.join("\n", lines.stream().map(line -> Ink.DIM.on(line, colour)).toList()));
    drawn = new ArrayList<>(lines);
    print(text.toString());
  }

  /** A terminal that has become narrower since may have broken our lines. */
  private String erased(int columns) {
    if (drawn.isEmpty()) {
      return "";
    }
    int rows =
        drawn.stream()
            .mapToInt(line -> Math.max(1, (CellWidth.of(line) + columns - 1) / columns))
            .sum();
    return "\r" + (rows > 1 ? "\u001b[" + (rows - 1) + "A" : "") + CLEAR_BELOW;
  }

  private void print(String text) {
    if (silent || text.isEmpty()) {
      return;
    }
    try {
      terminal.append(text);
      if (terminal instanceof Flushable flushable) {
        flushable.flush();
      }
    } catch (IOException gone) {
      silent = true;
    }
  }
}

package dev.belay.cli;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What Ctrl-C does to an apply: the first asks whether to stop after the step that each host is at,
 * or to undo the run; with nobody to ask it stops. The second ends the process.
 */
final class Interrupts implements AutoCloseable {

  /** What the person at the keyboard wants. */
  enum Wish {
    GO_ON,
    STOP,
    UNDO
  }

  private final Streams streams;
  private final RunReport report;
  private final Runnable stop;
  private final AtomicInteger count = new AtomicInteger();
  private final Object previous;
  private volatile Wish wish = Wish.GO_ON;

  private Interrupts(Streams streams, RunReport report, Runnable stop) {
    this.streams = streams;
    this.report = report;
    this.stop = stop;
    this.previous = Signals.on("INT", this::interrupted);
  }

  /**
   * Listens until closed.
   *
   * @param report makes room on the terminal for the question
   * @param stop lets each host end after the step it is at
   */
  static Interrupts heard(Streams streams, RunReport report, Runnable stop) {
    return new Interrupts(streams, report, stop);
  }

  /** Returns what was wanted at last. */
  Wish wish() {
    return wish;
  }

  void interrupted() {
    if (count.incrementAndGet() > 1) {
      Runtime.getRuntime().exit(dev.belay.core.run.ExitCode.INTERRUPTED.code());
    }
    Wish wanted = report.aside(this::wanted);
    if (wanted == Wish.GO_ON) {
      count.set(0);
      return;
    }
    wish = wanted;
    stop.run();
  }

  private Wish wanted() {
    Wish wanted = ask();
    if (wanted != Wish.GO_ON) {
      streams
          .err()
          .println("belay: stopping after the step that each host is at; Ctrl-C ends it now");
    }
    return wanted;
  }

  private Wish ask() {
    if (!streams.terminal().attended()) {
      return Wish.STOP;
    }
    String answer =
        streams
            .terminal()
            .ask(
                "\nbelay: interrupted; the hosts go on meanwhile."
                    + " [s]top after this step, [u]ndo this run, [c]ontinue? ")
            .orElse("s")
            .strip()
            .toLowerCase(Locale.ROOT);
    return answer.startsWith("c") ? Wish.GO_ON : answer.startsWith("u") ? Wish.UNDO : Wish.STOP;
  }

  @Override
  public void close() {
    Signals.restore("INT", previous);
  }
}

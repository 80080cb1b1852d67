package dev.belay.cli;

import dev.belay.core.run.RunEvent;
import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/**
 * Says what was going on when the process is told to end, such as by Ctrl-C: on which hosts it was
 * at work, and how to see and undo what was done there. The JVM itself then ends with 130.
 */
final class InterruptNotice implements Consumer<RunEvent>, AutoCloseable {

  private final PrintStream err;
  private final String options;
  private final Set<String> atWork = new ConcurrentSkipListSet<>();
  private final Thread hook = new Thread(this::print, "belay-interrupted");
  private volatile RunEvent.Started started;
  private volatile Runnable report = () -> {};
  private volatile Runnable then = () -> {};
  private volatile String run = "";

  private InterruptNotice(PrintStream err, String options) {
    this.err = err;
    this.options = options;
  }

  /**
   * Stands ready until closed.
   *
   * @param options what a later command needs to find the hosts again, such as {@code -i hosts}
   */
  static InterruptNotice ready(PrintStream err, String options) {
    InterruptNotice notice = new InterruptNotice(err, options);
    Runtime.getRuntime().addShutdownHook(notice.hook);
    return notice;
  }

  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.Started begun) {
      started = begun;
      run = begun.run();
    } else if (event instanceof RunEvent.Connected connected) {
      atWork.add(connected.host());
    } else if (event instanceof RunEvent.HostEnded ended) {
      atWork.remove(ended.host());
    } else if (event instanceof RunEvent.Ended) {
      started = null;
    }
  }

  /** Names what is done once the notice is printed, such as ending what hosts are at. */
  void then(Runnable action) {
    then = action;
  }

  /** Names the report that is to end first, and once more after the hosts were ended. */
  void report(Runnable cutOff) {
    report = cutOff;
  }

  /** Returns the identifier of the run that was begun last. */
  String run() {
    return run;
  }

  private void print() {
    report.run();
    err.print(text());
    err.flush();
    if (!atWork.isEmpty()) {
      then.run();
      report.run();
    }
  }

  String text() {
    RunEvent.Started run = started;
    if (run == null || run.kind().dry()) {
      return "\nbelay: interrupted\n  state   nothing was written on any host\n";
    }
    if (atWork.isEmpty()) {
      return "\nbelay: interrupted\n  state   it was at work on no host at that moment\n";
    }
    String hosts = String.join(",", atWork);
    return "\nbelay: interrupted\n"
        + "  state   at work on %s, which is being ended; what was begun is in the journal there%n"
            .formatted(String.join(", ", atWork))
        + "  do      see it:  belay runs '%s' %s%n".formatted(hosts, options)
        + "          undo it: belay rollback '%s' %s %s%n".formatted(hosts, run.run(), options);
  }

  /** Stands down; does nothing when the process is ending already. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // the notice is being printed
    }
  }
}

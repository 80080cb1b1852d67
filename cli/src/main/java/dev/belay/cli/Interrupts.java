package dev.belay.cli;

import java.lang.reflect.Proxy;
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
  private final Runnable stop;
  private final AtomicInteger count = new AtomicInteger();
  private final Object previous;
  private volatile Wish wish = Wish.GO_ON;

  private Interrupts(Streams streams, Runnable stop) {
    this.streams = streams;
    this.stop = stop;
    this.previous = Signals.onInterrupt(this::interrupted);
  }

  /**
   * Listens until closed.
   *
   * @param stop lets each host end after the step it is at
   */
  static Interrupts heard(Streams streams, Runnable stop) {
    return new Interrupts(streams, stop);
  }

  /** Returns what was wanted at last. */
  Wish wish() {
    return wish;
  }

  void interrupted() {
    if (count.incrementAndGet() > 1) {
      Runtime.getRuntime().exit(dev.belay.core.run.ExitCode.INTERRUPTED.code());
    }
    Wish wanted = ask();
    if (wanted == Wish.GO_ON) {
      count.set(0);
      return;
    }
    wish = wanted;
    streams
        .err()
        .println("belay: stopping after the step that each host is at; Ctrl-C ends it now");
    stop.run();
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
    Signals.restore(previous);
  }

  /**
   * The JVM's signals. {@code sun.misc.Signal} is the one way to them; it is supported (module
   * jdk.unsupported), but javac does not see it with {@code --release}.
   */
  private static final class Signals {

    private Signals() {}

    /** Sets what the interrupt does and returns what it did; null where it cannot be set. */
    static Object onInterrupt(Runnable action) {
      try {
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object own =
            Proxy.newProxyInstance(
                Interrupts.class.getClassLoader(),
                new Class<?>[] {handler},
                (proxy, method, arguments) -> {
                  action.run();
                  return null;
                });
        return handle(own);
      } catch (ReflectiveOperationException | IllegalArgumentException ignored) {
        return null; // Ctrl-C then ends the process at once, as it does in most programs
      }
    }

    static void restore(Object handler) {
      if (handler != null) {
        try {
          handle(handler);
        } catch (ReflectiveOperationException | IllegalArgumentException stays) {
          // the run is over; the handler has nothing left to stop
        }
      }
    }

    private static Object handle(Object handler) throws ReflectiveOperationException {
      Class<?> signal = Class.forName("sun.misc.Signal");
      return signal
          .getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), handler);
    }
  }
}

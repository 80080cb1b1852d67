package dev.belay.cli;

import java.lang.reflect.Proxy;

/**
 * The JVM's signals. {@code sun.misc.Signal} is the one way to them; it is supported (module
 * jdk.unsupported), but javac does not see it with {@code --release}.
 */
final class Signals {

  private Signals() {}

  /**
   * Sets what a signal does and returns what it did; null where it cannot be set.
   *
   * @param name such as {@code INT}
   */
  static Object on(String name, Runnable action) {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object own =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      return handle(name, own);
    } catch (ReflectiveOperationException | IllegalArgumentException ignored) {
      return null; // the signal then does what it does in most programs
    }
  }

  /** Lets a signal do again what it did. */
  static void restore(String name, Object handler) {
    if (handler != null) {
      try {
        handle(name, handler);
      } catch (ReflectiveOperationException | IllegalArgumentException stays) {
        // the run is over; the handler has nothing left to do
      }
    }
  }

  private static Object handle(String name, Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    return signal
        .getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
  }
}

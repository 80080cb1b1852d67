package dev.belay.cli;

import dev.belay.core.remote.Secret;
import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/** A person who can be asked, or nobody. */
interface Terminal {

  /** Nobody: input or output is a pipe or a file. */
  Terminal NONE =
      new Terminal() {
        @Override
        public boolean attended() {
          return false;
        }

        @Override
        public Optional<String> ask(String question) {
          return Optional.empty();
        }

        @Override
        public Optional<Secret> askSecret(String question) {
          return Optional.empty();
        }
      };

  /** Tells whether somebody can be asked. */
  boolean attended();

  /** Returns the line typed; empty at the end of input or when there is nobody. */
  Optional<String> ask(String question);

  /** Returns what is typed without echo. */
  Optional<Secret> askSecret(String question);

  /** Returns the terminal of this process, if its input and output are one. */
  static Terminal ofProcess() {
    Console console = System.console();
    return console == null || !isTerminal(console) ? NONE : new OfConsole(console);
  }

  /** From JDK 22 there is a console also where input or output is a pipe, and it says so itself. */
  private static boolean isTerminal(Console console) {
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException before22) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException unknown) {
      return false;
    }
  }

  /**
   * The JDK's console.
   *
   * @param console a console whose input and output are a terminal
   */
  record OfConsole(Console console) implements Terminal {

    @Override
    public boolean attended() {
      return true;
    }

    @Override
    public Optional<String> ask(String question) {
      return Optional.ofNullable(console.readLine("%s", question));
    }

    @Override
    public Optional<Secret> askSecret(String question) {
      return Optional.ofNullable(console.readPassword("%s", question))
          .map(typed -> Secret.of(new String(typed)));
    }
  }
}

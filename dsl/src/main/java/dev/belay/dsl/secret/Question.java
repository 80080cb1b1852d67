package dev.belay.dsl.secret;

import dev.belay.core.remote.Secret;
import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Asks whoever sits at the terminal of this process. */
final class Question {

  private Question() {}

  static Secret ask(SecretSource.Prompt prompt) {
    Console console = System.console();
    char[] typed =
        console == null || !isTerminal(console)
            ? null
            : console.readPassword("%s: ", prompt.question());
    if (typed == null) {
      throw new SecretUnreadableException(
          prompt,
          "nobody can be asked: input or output is a pipe or a file",
          "run it at a terminal, or take the secret from a variable, a file or a command",
          null);
    }
    return Secret.of(new String(typed));
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
}

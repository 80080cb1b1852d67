package dev.belay.core.fact;

import dev.belay.core.remote.Sh;
import java.util.List;

/**
 * Whether a command that only reads succeeds: the guard of a command step or a condition.
 *
 * @param argv the command and its arguments, run without a shell of its own
 */
public record CommandFact(List<String> argv) implements CommandAnswer<Boolean> {

  /** Copies the list. */
  public CommandFact {
    argv = List.copyOf(argv);
  }

  @Override
  public String question() {
    return Sh.words(argv) + " >/dev/null 2>&1";
  }

  @Override
  public Boolean parse(Answer answer) {
    return answer.exit() == 0;
  }

  @Override
  public String toString() {
    return "success of " + String.join(" ", argv);
  }
}

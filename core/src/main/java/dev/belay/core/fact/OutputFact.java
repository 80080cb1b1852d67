package dev.belay.core.fact;

import dev.belay.core.remote.Sh;
import java.util.List;

/**
 * What a command that only reads prints.
 *
 * @param argv the command and its arguments, run without a shell of its own
 */
public record OutputFact(List<String> argv) implements CommandAnswer<CommandOutput> {

  /** Copies the list. */
  public OutputFact {
    argv = List.copyOf(argv);
  }

  @Override
  public String question() {
    return Sh.words(argv);
  }

  @Override
  public CommandOutput parse(Answer answer) {
    return new CommandOutput(answer.exit(), answer.text(), answer.err());
  }

  @Override
  public String toString() {
    return "output of " + String.join(" ", argv);
  }
}

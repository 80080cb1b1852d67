package dev.belay.core.builtin.command;

import dev.belay.core.fact.CommandOutput;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.OutputFact;
import dev.belay.core.step.Condition;
import dev.belay.core.step.Step;
import java.util.List;
import java.util.function.Function;

/**
 * What a command that only reads prints on the host, for steps and conditions. The command is asked
 * with all other questions, and again wherever an earlier task may have altered what it says; until
 * then check says {@code may change}.
 *
 * @param argv the command and its arguments
 */
public record Result(List<String> argv) {

  /** Copies and checks the list. */
  public Result {
    argv = CommandLine.checked(argv);
  }

  /** Names a command. */
  public static Result of(String program, String... arguments) {
    return new Result(CommandLine.words(program, arguments));
  }

  /**
   * Returns the step that is made of what the command prints. A command that fails makes the step
   * fail; {@link #intoAny} takes that, too.
   *
   * @param label what the step is, for people, such as {@code version note}
   * @param make makes the step; pure. An {@link IllegalArgumentException} of it is told as the
   *     step's failure
   */
  public StepOfResult into(String label, Function<CommandOutput, Step> make) {
    return new StepOfResult(this, label, true, make);
  }

  /** Returns the step that is made of what the command prints, however it ended. */
  public StepOfResult intoAny(String label, Function<CommandOutput, Step> make) {
    return new StepOfResult(this, label, false, make);
  }

  /** Returns the condition that the command succeeds and prints this, blanks around it aside. */
  public Condition prints(String text) {
    return new Prints(this, text);
  }

  OutputFact fact() {
    return new OutputFact(argv);
  }

  /**
   * Holds where a command succeeds and prints a text.
   *
   * @param result the command
   * @param wanted the text
   */
  record Prints(Result result, String wanted) implements Condition {
    @Override
    public List<Fact<?>> reads() {
      return List.of(result.fact());
    }

    @Override
    public boolean holds(Facts facts) {
      CommandOutput output = facts.get(result.fact());
      return output.ok() && output.text().equals(wanted.strip());
    }

    @Override
    public String text() {
      return String.join(" ", result.argv()) + " prints " + wanted;
    }
  }
}

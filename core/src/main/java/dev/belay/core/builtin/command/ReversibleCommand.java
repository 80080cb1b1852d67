package dev.belay.core.builtin.command;

import dev.belay.core.change.Change;
import dev.belay.core.change.RunUndoableCommand;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.step.ReversibleStep;
import java.util.List;

/**
 * A command with another one that undoes it.
 *
 * <p>Undo runs that one. That it takes back exactly what the command did, and does no harm when the
 * command failed half way, is its author's promise.
 *
 * @param command the command and when it runs
 * @param undo what takes it back
 */
public record ReversibleCommand(Command command, CommandLine undo) implements ReversibleStep {

  @Override
  public String label() {
    return command.label();
  }

  @Override
  public List<Fact<?>> reads() {
    return command.reads();
  }

  @Override
  public List<? extends Change> atMost(Facts facts) {
    return command.atMost(facts);
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    return command.plan(facts).stream()
        .<Change.Reversible>map(run -> new RunUndoableCommand(run, undo.argv()))
        .toList();
  }
}

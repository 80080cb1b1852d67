package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.remote.Sh;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs a command whose author has named another one that undoes it. That it does so exactly is the
 * author's promise.
 *
 * @param run the command
 * @param undoArgv the command that takes it back, and its arguments; no shell of its own
 */
public record RunUndoableCommand(RunCommand run, List<String> undoArgv)
    implements Change.Reversible {

  /** Copies the list. */
  public RunUndoableCommand {
    undoArgv = List.copyOf(undoArgv);
  }

  @Override
  public String summary() {
    return run.summary();
  }

  @Override
  public List<Diff> diff() {
    return run.diff();
  }

  @Override
  public boolean secret() {
    return run.secret();
  }

  @Override
  public String perform() {
    return run.perform();
  }

  @Override
  public Optional<String> undo() {
    return Optional.of("(umask 022\n" + Sh.words(undoArgv) + ")");
  }

  @Override
  public boolean undoneByCommand() {
    return true;
  }

  @Override
  public Facts effect(Facts before) {
    return run.effect(before);
  }

  @Override
  public boolean predictable() {
    return run.predictable();
  }

  @Override
  public Duration deadline() {
    return run.deadline();
  }
}

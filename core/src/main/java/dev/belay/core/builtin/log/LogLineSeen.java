package dev.belay.core.builtin.log;

import dev.belay.core.change.Await;
import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.step.ReversibleStep;
import java.time.Duration;
import java.util.List;

/**
 * Waits until a log holds a line, so that later steps find in it what they look for; fails when
 * none comes. Changes nothing itself, so undo does nothing; what others do meanwhile nobody knows,
 * so later steps are planned anew once the line is there.
 *
 * @param line the line
 * @param within how long it is waited for
 */
public record LogLineSeen(LogLine line, Duration within) implements ReversibleStep {

  /** Checks the time. */
  public LogLineSeen {
    if (within.toSeconds() < 1 || within.toMinutes() > 30) {
      throw new IllegalArgumentException("a line is waited for from 1 s to 30 min");
    }
  }

  @Override
  public String label() {
    return "logLine[" + line.log() + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return List.of(new LogLineFact(line));
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    if (facts.get(new LogLineFact(line))) {
      return List.of();
    }
    return List.of(
        new Await("a line of its kind in " + line.log(), LogLineFact.look(line), within));
  }
}

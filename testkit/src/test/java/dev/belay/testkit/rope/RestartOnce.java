package dev.belay.testkit.rope;

import dev.belay.core.change.Change;
import dev.belay.core.change.RestartUnit;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.UnitFact;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Step;
import java.util.List;

/**
 * A step of a test that restarts a unit as long as a mark is missing, so in the middle of a run.
 *
 * @param unit which
 */
record RestartOnce(String unit) implements Step {

  private static final FileFact MARK = new FileFact(RemotePath.of("/run/no-restart"));

  @Override
  public String label() {
    return "restart[" + unit + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return List.of(MARK, new UnitFact(unit));
  }

  @Override
  public List<Change> plan(Facts facts) {
    return facts.get(MARK) instanceof FileState.Absent
        ? List.of(new RestartUnit(unit, facts.get(new UnitFact(unit))))
        : List.of();
  }
}

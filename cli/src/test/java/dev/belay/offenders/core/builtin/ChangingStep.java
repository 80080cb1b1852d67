package dev.belay.offenders.core.builtin;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.step.Step;
import java.util.List;

/** No value, and no noun leads to it. */
public final class ChangingStep implements Step {
  @Override
  public String label() {
    return "changing";
  }

  @Override
  public List<Fact<?>> reads() {
    return List.of();
  }

  @Override
  public List<Change> plan(Facts facts) {
    return List.of();
  }
}

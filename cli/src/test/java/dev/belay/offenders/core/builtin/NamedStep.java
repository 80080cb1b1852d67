package dev.belay.offenders.core.builtin;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.step.Step;
import java.util.List;

/** A value that a noun leads to: breaks no rule. */
public record NamedStep() implements Step {
  @Override
  public String label() {
    return "named";
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

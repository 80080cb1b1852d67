package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.step.Event;
import java.util.List;

/** Stands for the event of a handler that an earlier run owes and this playbook does not know. */
enum Debt implements Event {
  /** Plans nothing by itself: what the earlier run kept is run instead. */
  NOTHING;

  @Override
  public String label() {
    return "owed handler";
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

package dev.belay.testkit.rope;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.step.Event;
import dev.belay.core.step.Step;
import dev.belay.core.step.StepRefusedException;
import java.util.List;

/** Events for handlers of tests. */
final class Events {

  private Events() {}

  /** What a step would do. */
  static Event doing(Step step) {
    return new Doing(step);
  }

  /** An event that no host can do. */
  static Event refused() {
    return new Refused();
  }

  private record Doing(Step step) implements Event {
    @Override
    public String label() {
      return step.label();
    }

    @Override
    public List<Fact<?>> reads() {
      return List.copyOf(step.reads());
    }

    @Override
    public List<? extends Change> plan(Facts facts) {
      return step.plan(facts);
    }
  }

  private record Refused() implements Event {
    @Override
    public String label() {
      return "refused";
    }

    @Override
    public List<Fact<?>> reads() {
      return List.of();
    }

    @Override
    public List<? extends Change> plan(Facts facts) {
      throw new StepRefusedException("to do it", "nobody can", "leave it out");
    }
  }
}

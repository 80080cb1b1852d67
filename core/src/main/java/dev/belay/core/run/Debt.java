package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.change.RunKept;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Event;
import java.util.List;

/**
 * The event of a handler that an earlier run owes, as that run kept it.
 *
 * @param name of the handler
 * @param script what pays; empty when the earlier run did not know it
 */
record Debt(String name, String script) implements Event {

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
    return script.isEmpty()
        ? List.of()
        : List.of(new RunKept("handler " + name, RemotePath.of("/"), script));
  }
}

package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.change.RunKept;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Event;
import dev.belay.core.step.Health;
import java.util.List;

/**
 * What an earlier run owes the host, as that run kept it: a handler, or a look at a health
 * condition that it did not live to see.
 *
 * @param name of the handler, or as {@link #health} gives it
 * @param script what pays; empty when the earlier run did not know it
 */
record Debt(String name, String script) implements Event {

  private static final String HEALTH = "health of ";

  /** Returns the name under which a health condition is owed. */
  static String health(Health health) {
    return HEALTH + health.subject();
  }

  /** Tells whether a name is that of a health condition. */
  static boolean isHealth(String name) {
    return name.startsWith(HEALTH);
  }

  @Override
  public String label() {
    return name;
  }

  @Override
  public List<Fact<?>> reads() {
    return List.of();
  }

  @Override
  public List<Change> plan(Facts facts) {
    return script.isEmpty()
        ? List.of()
        : List.of(new RunKept(name, RemotePath.of("/"), script, ""));
  }
}

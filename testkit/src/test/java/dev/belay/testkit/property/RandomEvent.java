package dev.belay.testkit.property;

import dev.belay.core.change.Change;
import dev.belay.core.change.RunCommand;
import dev.belay.core.change.RunUndoableCommand;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Event;
import dev.belay.core.step.StepRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a drawn handler does: one called {@code idle} nothing, {@code lost} refuses, all others
 * leave a mark.
 *
 * @param name of the handler
 */
record RandomEvent(String name) implements Event {

  @Override
  public String label() {
    return "event[" + name + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return List.of();
  }

  @Override
  public List<? extends Change> plan(Facts facts) {
    if (name.equals("lost")) {
      throw new StepRefusedException("mark of lost", "it has no place", "give it one");
    }
    if (name.equals("idle")) {
      return List.of();
    }
    RemotePath mark = RemotePath.of("/srv/p/.mark " + name);
    RunCommand make =
        new RunCommand(
            List.of("mkdir", "--", mark.value()),
            Optional.empty(),
            Map.of(),
            Map.of(),
            Optional.of(Set.of(mark)),
            Duration.ofSeconds(20));
    return List.of(new RunUndoableCommand(make, List.of("rmdir", "--", mark.value())));
  }
}

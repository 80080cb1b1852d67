package dev.belay.core.change;

import dev.belay.core.fact.CommandFact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a command. What it does to the host is known only as far as its author says.
 *
 * @param argv the command and its arguments; no shell of its own
 * @param affects the paths it may alter; empty when it may alter anything
 * @param deadline longest time it may take
 */
public record RunCommand(List<String> argv, Optional<Set<RemotePath>> affects, Duration deadline)
    implements Change.OneWay {

  /** Copies the list. */
  public RunCommand {
    argv = List.copyOf(argv);
    affects = affects.map(Set::copyOf);
  }

  @Override
  public String summary() {
    return "run " + String.join(" ", argv);
  }

  @Override
  public String whyNoUndo() {
    return "nobody said how the command is undone";
  }

  @Override
  public List<Diff> diff() {
    return List.of(new Diff.Line("command", "not run", String.join(" ", argv)));
  }

  @Override
  public String perform() {
    return Sh.words(argv);
  }

  @Override
  public Facts effect(Facts before) {
    return before.doubting(
        (fact, value) -> mayAlter(fact), "the command " + argv.get(0) + " may alter it");
  }

  private boolean mayAlter(dev.belay.core.fact.Fact<?> fact) {
    if (affects.isEmpty()) {
      return true;
    }
    return fact instanceof FileFact file
        ? affects.get().stream().anyMatch(file.path()::isWithin)
        : fact instanceof CommandFact;
  }

  @Override
  public boolean predictable() {
    return affects.isPresent() && affects.get().isEmpty();
  }
}

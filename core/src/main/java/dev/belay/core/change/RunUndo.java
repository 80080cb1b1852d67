package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.time.Duration;
import java.util.List;

/**
 * Runs the undo script that a journal of the host keeps for one change.
 *
 * @param of summary of the change that is undone
 * @param entry the journal entry's directory on the host
 * @param script the undo script, as the journal keeps it
 */
public record RunUndo(String of, RemotePath entry, String script) implements Change.OneWay {

  @Override
  public String summary() {
    return "undo: " + of;
  }

  @Override
  public String whyNoUndo() {
    return "it is an undo itself; apply the playbook again instead";
  }

  @Override
  public List<Diff> diff() {
    return List.of(new Diff.Line(of, "done", "undone"));
  }

  @Override
  public String perform() {
    return "B_DIR=" + Sh.quote(entry) + "\n" + script;
  }

  @Override
  public Facts effect(Facts before) {
    return before.doubting((fact, value) -> true, "an undo script runs before");
  }

  @Override
  public boolean predictable() {
    return false;
  }

  @Override
  public Duration deadline() {
    return Duration.ofMinutes(10);
  }
}

package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.time.Duration;
import java.util.List;

/**
 * Runs a script that an earlier run kept on the host: the undo of a change, or what it owed.
 *
 * @param what the script does, in one line
 * @param entry directory on the host that the script finds as {@code $B_DIR}
 * @param script POSIX shell text, as it was kept
 * @param whyNoUndo why it cannot be undone; empty when nothing of it has to be
 */
public record RunKept(String what, RemotePath entry, String script, String whyNoUndo)
    implements Change.OneWay {

  @Override
  public String summary() {
    return what;
  }

  @Override
  public List<Diff> diff() {
    return List.of();
  }

  @Override
  public String perform() {
    return "B_DIR=" + Sh.quote(entry) + "\n" + script;
  }

  @Override
  public boolean whole() {
    return whyNoUndo.isEmpty();
  }

  @Override
  public Facts effect(Facts before) {
    return before.doubting((fact, value) -> true, what + " comes before");
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

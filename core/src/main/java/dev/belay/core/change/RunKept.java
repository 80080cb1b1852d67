package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Sh;
import java.time.Duration;
import java.util.List;

/**
 * Runs a script that an earlier run kept on the host: the undo of a change, or a handler it owed.
 *
 * @param what the script does, in one line
 * @param entry directory on the host that the script finds as {@code $B_DIR}
 * @param script POSIX shell text, as it was kept
 */
public record RunKept(String what, RemotePath entry, String script) implements Change.OneWay {

  @Override
  public String summary() {
    return what;
  }

  @Override
  public String whyNoUndo() {
    return "it completes or undoes an earlier run; apply the playbook again instead";
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

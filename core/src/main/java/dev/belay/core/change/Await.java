package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import java.time.Duration;
import java.util.List;

/**
 * Waits until a look at the host succeeds, and fails when it does not in time. Changes nothing, so
 * there is nothing to undo; what others have done meanwhile is asked anew.
 *
 * @param what is waited for, in words
 * @param look shell text that only reads and succeeds when it is there
 * @param within longest time
 */
public record Await(String what, String look, Duration within) implements Change.Reversible {

  @Override
  public String summary() {
    return "wait up to " + within.toSeconds() + " s for " + what;
  }

  @Override
  public List<Diff> diff() {
    return List.of();
  }

  @Override
  public String perform() {
    return "b_now; B_END=$((B_NOW + "
        + within.toSeconds()
        + "))\nuntil "
        + look
        + "\ndo\n  b_now; [ \"$B_NOW\" -lt \"$B_END\" ] || { echo 'it did not come in time' >&2;"
        + " exit 1; }\n  sleep 1\ndone";
  }

  @Override
  public boolean whole() {
    return true;
  }

  @Override
  public Facts effect(Facts before) {
    return before.doubting(
        (fact, value) -> !(fact instanceof dev.belay.core.fact.UserFact), what + " comes before");
  }

  @Override
  public boolean predictable() {
    return false;
  }

  @Override
  public Duration deadline() {
    return within.plusSeconds(30);
  }
}

package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.UnitFact;
import dev.belay.core.fact.UnitState;
import dev.belay.core.remote.Sh;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts, stops, enables or disables a systemd unit, and sees that one that was started stays up
 * for a second. Undo brings back the state before.
 *
 * @param unit full unit name
 * @param before how it stands
 * @param running whether it shall run; empty to leave that alone
 * @param enabled whether it shall start at boot; empty to leave that alone
 */
public record SetUnit(
    String unit, UnitState before, Optional<Boolean> running, Optional<Boolean> enabled)
    implements Change.Reversible {

  private boolean changesRunning() {
    return running.isPresent() && running.get() != before.running();
  }

  private boolean changesEnabled() {
    return enabled.isPresent() && enabled.get() != before.starts();
  }

  @Override
  public String summary() {
    List<String> verbs = new ArrayList<>();
    if (changesEnabled()) {
      verbs.add(enabled.get() ? "enable" : "disable");
    }
    if (changesRunning()) {
      verbs.add(running.get() ? "start" : "stop");
    }
    return String.join(" and ", verbs) + " " + unit;
  }

  @Override
  public List<Diff> diff() {
    List<Diff> lines = new ArrayList<>();
    if (changesEnabled()) {
      lines.add(new Diff.Line(unit, before.enabled(), enabled.get() ? "enabled" : "disabled"));
    }
    if (changesRunning()) {
      lines.add(new Diff.Line(unit, before.active(), running.get() ? "active" : "inactive"));
    }
    return lines;
  }

  @Override
  public String perform() {
    return commands(
        enabled.filter(wanted -> changesEnabled()),
        running.filter(wanted -> changesRunning()),
        "b_start start ");
  }

  @Override
  public Optional<String> undo() {
    return Optional.of(
        commands(
            Optional.of(before.starts()).filter(wanted -> changesEnabled()),
            Optional.of(before.running()).filter(wanted -> changesRunning()),
            "b_start_again "));
  }

  private String commands(Optional<Boolean> enable, Optional<Boolean> run, String start) {
    List<String> commands = new ArrayList<>();
    String name = Sh.quote(unit);
    enable.ifPresent(yes -> commands.add((yes ? "b_enable " : "b_disable ") + name));
    run.ifPresent(yes -> commands.add((yes ? start : "b_stop ") + name));
    return commands.isEmpty() ? ":" : String.join(" && ", commands);
  }

  @Override
  public Facts effect(Facts facts) {
    return facts.with(
        new UnitFact(unit),
        new UnitState(
            before.load(),
            changesRunning() ? (running.get() ? "active" : "inactive") : before.active(),
            changesEnabled() ? (enabled.get() ? "enabled" : "disabled") : before.enabled()));
  }

  /** Units may take 90 seconds to stop and as long to start before systemd gives up. */
  @Override
  public Duration deadline() {
    return Duration.ofMinutes(5);
  }
}

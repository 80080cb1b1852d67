package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.UnitFact;
import dev.belay.core.fact.UnitState;
import dev.belay.core.remote.Sh;
import java.util.List;
import java.util.Optional;

/**
 * Restarts a systemd unit and sees that it stays up for a moment. Undo restarts it once more, after
 * what it reads was put back.
 *
 * @param unit full unit name
 * @param before how it stands
 */
public record RestartUnit(String unit, UnitState before) implements Change.Reversible {

  @Override
  public String summary() {
    return "restart " + unit;
  }

  @Override
  public List<Diff> diff() {
    return List.of(new Diff.Line(unit, before.active(), "restarted"));
  }

  @Override
  public String perform() {
    return "b_start restart " + Sh.quote(unit);
  }

  @Override
  public Optional<String> undo() {
    String name = Sh.quote(unit);
    return Optional.of(before.running() ? "b_restart_again " + name : "systemctl stop -- " + name);
  }

  @Override
  public boolean undoneLast() {
    return true;
  }

  @Override
  public Facts effect(Facts facts) {
    return facts.with(new UnitFact(unit), new UnitState(before.load(), "active", before.enabled()));
  }
}

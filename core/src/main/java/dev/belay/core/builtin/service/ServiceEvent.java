package dev.belay.core.builtin.service;

import dev.belay.core.change.Change;
import dev.belay.core.change.RestartUnit;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.UnitState;
import dev.belay.core.step.ReversibleEvent;
import java.util.List;
import java.util.Optional;

/**
 * A systemd unit is restarted or reads its configuration again. A reload of a unit that does not
 * run is nothing: it will read its configuration when it starts.
 *
 * @param units the names its unit may have
 * @param way restart or reload
 */
public record ServiceEvent(UnitNames units, RestartUnit.Way way) implements ReversibleEvent {

  @Override
  public String label() {
    return "service[" + units + "] " + way.done();
  }

  @Override
  public List<Fact<?>> reads() {
    return units.reads();
  }

  /** Plans one restart or reload of the unit that is meant on this host. */
  @Override
  public List<Change.Reversible> plan(Facts facts) {
    Optional<String> unit = units.resolve(facts);
    if (unit.isEmpty()) {
      throw Service.missing(label(), units);
    }
    UnitState state = UnitNames.state(unit.get(), facts);
    if (UnitNames.masked(state)) {
      throw Service.masked(label(), unit.get());
    }
    return way == RestartUnit.Way.RELOAD && !state.running()
        ? List.of()
        : List.of(new RestartUnit(unit.get(), state, way));
  }
}

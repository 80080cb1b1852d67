package dev.belay.core.builtin.service;

import dev.belay.core.change.Change;
import dev.belay.core.change.SetUnit;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.UnitState;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a systemd unit running or stopped, and starting at boot or not.
 *
 * <p>Undo brings back what was. A unit that was started must stay up for a second. Does not restart
 * a unit that runs, mask or unmask one, or change its files. A unit that is not there counts as
 * stopped and disabled.
 *
 * @param units the names its unit may have
 * @param run whether it runs; empty to leave that alone
 * @param boot whether it starts at boot; empty to leave that alone
 */
public record Service(UnitNames units, Optional<Boolean> run, Optional<Boolean> boot)
    implements ReversibleStep {

  /** What {@code systemctl enable} leaves as it is, see systemctl(1), is-enabled. */
  private static final Set<String> NOT_ENABLED_BY_HAND =
      Set.of("indirect", "generated", "transient", "bad");

  /** Returns the step that also keeps it running. */
  public Service running() {
    return new Service(units, Optional.of(true), boot);
  }

  /** Returns the step that also keeps it stopped. */
  public Service stopped() {
    return new Service(units, Optional.of(false), boot);
  }

  /** Returns the step that also has it start at boot. */
  public Service enabled() {
    return new Service(units, run, Optional.of(true));
  }

  /** Returns the step that also has it not start at boot. */
  public Service disabled() {
    return new Service(units, run, Optional.of(false));
  }

  @Override
  public String label() {
    return "service[" + units + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return units.reads();
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    Optional<String> unit = units.resolve(facts);
    if (unit.isEmpty()) {
      if (run.orElse(false) || boot.orElse(false)) {
        throw missing(wanted(), units);
      }
      return List.of();
    }
    UnitState state = UnitNames.state(unit.get(), facts);
    boolean runs = run.isEmpty() || run.get() == state.running();
    boolean boots = boot.isEmpty() || boot.get() == state.starts();
    if (runs && boots) {
      return List.of();
    }
    checkPossible(unit.get(), state, boots);
    return List.of(new SetUnit(unit.get(), state, run, boot));
  }

  private void checkPossible(String unit, UnitState state, boolean boots) {
    if (UnitNames.masked(state)) {
      throw masked(wanted(), unit);
    }
    if (!boots && boot.get() && NOT_ENABLED_BY_HAND.contains(state.enabled())) {
      throw refuse(unit, state, "enable the unit that starts it");
    }
    if (!boots && !boot.get() && !state.enabled().startsWith("enabled")) {
      throw refuse(unit, state, "disable the unit that starts it, or mask this one");
    }
  }

  private StepRefusedException refuse(String unit, UnitState state, String advice) {
    return new StepRefusedException(
        wanted(), unit + " is " + state.enabled() + ": other units decide when it starts", advice);
  }

  private String wanted() {
    String running = run.map(yes -> yes ? " running" : " stopped").orElse("");
    return label() + running + boot.map(yes -> yes ? " enabled" : " disabled").orElse("");
  }

  static StepRefusedException missing(String wanted, UnitNames units) {
    return new StepRefusedException(
        wanted,
        "no such unit; tried " + String.join(", ", units.names()),
        "put the package or unit file that brings it before this task, or name its unit as"
            + " `systemctl list-unit-files` does");
  }

  static StepRefusedException masked(String wanted, String unit) {
    return new StepRefusedException(
        wanted,
        unit + " is masked: somebody decided that it must never start",
        "if that is no longer true, run `systemctl unmask " + unit + "` on the host");
  }
}

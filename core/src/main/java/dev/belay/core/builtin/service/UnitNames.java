package dev.belay.core.builtin.service;

import dev.belay.core.change.RestartUnit;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.UnitFact;
import dev.belay.core.fact.UnitState;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A service by the names its unit may have, whose state is not yet said.
 *
 * <p>Meant is the first unit that is enabled, else the first that runs, else the first that is
 * there: one program may come with several units of which one is used, as Falco does.
 *
 * @param names full unit names in order of preference; one without a suffix gets {@code .service}
 */
public record UnitNames(List<String> names) {

  private static final String SUFFIXES =
      ".*\\.(service|socket|target|timer|path|mount|automount|swap|slice|scope|device)";

  /** Completes and checks the names, by the characters that systemd.unit(5) allows. */
  public UnitNames {
    names =
        names.stream()
            .map(name -> name.matches(SUFFIXES) ? name : name + ".service")
            .distinct()
            .toList();
    if (names.isEmpty()) {
      throw new IllegalArgumentException("name at least one unit");
    }
    for (String name : names) {
      if (!name.matches("[A-Za-z0-9:_@\\\\][A-Za-z0-9:_.@\\\\-]*") || name.length() > 255) {
        throw new IllegalArgumentException("not the name of a systemd unit: \"" + name + "\"");
      }
    }
  }

  /** Names a unit by its possible names, the preferred one first. */
  public static UnitNames of(String... names) {
    return new UnitNames(List.of(names));
  }

  /** Returns the step that keeps it running. */
  public Service running() {
    return new Service(this, Optional.of(true), Optional.empty());
  }

  /** Returns the step that keeps it stopped. */
  public Service stopped() {
    return new Service(this, Optional.of(false), Optional.empty());
  }

  /** Returns the step that has it start at boot. */
  public Service enabled() {
    return new Service(this, Optional.empty(), Optional.of(true));
  }

  /** Returns the step that has it not start at boot. */
  public Service disabled() {
    return new Service(this, Optional.empty(), Optional.of(false));
  }

  /** Returns the event that it is restarted, or started when it does not run. */
  public ServiceEvent restarted() {
    return new ServiceEvent(this, RestartUnit.Way.RESTART);
  }

  /** Returns the event that it reads its configuration again, if it runs. */
  public ServiceEvent reloaded() {
    return new ServiceEvent(this, RestartUnit.Way.RELOAD);
  }

  /** Returns the names as people write them, such as {@code falco}. */
  @Override
  public String toString() {
    return String.join("|", names).replace(".service", "");
  }

  List<Fact<?>> reads() {
    return names.stream().<Fact<?>>map(UnitFact::new).toList();
  }

  /** Returns the unit that is meant on this host, or empty when none of them is there. */
  Optional<String> resolve(Facts facts) {
    return Stream.<Predicate<UnitState>>of(
            state -> state.enabled().startsWith("enabled") && !masked(state),
            state -> state.running() && !masked(state),
            state -> state.exists() && !masked(state),
            UnitState::exists)
        .flatMap(fits -> names.stream().filter(name -> fits.test(state(name, facts))))
        .findFirst();
  }

  static UnitState state(String unit, Facts facts) {
    return facts.get(new UnitFact(unit));
  }

  static boolean masked(UnitState state) {
    return state.load().equals("masked") || state.enabled().startsWith("masked");
  }
}

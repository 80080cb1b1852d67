package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.UnitFact;
import dev.belay.core.fact.UnitState;
import dev.belay.core.remote.Sh;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Restarts a systemd unit or makes it read its configuration again, and sees that it stays up for a
 * second. Undo does the same once more, after what it reads was put back; it stops a unit that did
 * not run before.
 *
 * @param unit full unit name
 * @param before how it stands
 * @param way whether it is restarted or reloaded
 */
public record RestartUnit(String unit, UnitState before, Way way) implements Change.Reversible {

  /** How a unit is made to notice what is new. */
  public enum Way {
    /** It is stopped and started; started when it did not run. */
    RESTART("restart", "restarted"),
    /** It reads its configuration again; only for units that can. */
    RELOAD("reload", "reloaded");

    private final String verb;
    private final String done;

    Way(String verb, String done) {
      this.verb = verb;
      this.done = done;
    }

    /** Returns what is done to the unit, such as {@code restart}. */
    public String verb() {
      return verb;
    }

    /** Returns what has been done, such as {@code restarted}. */
    public String done() {
      return done;
    }
  }

  /** Restarts the unit. */
  public RestartUnit(String unit, UnitState before) {
    this(unit, before, Way.RESTART);
  }

  @Override
  public String summary() {
    return way.verb() + " " + unit;
  }

  @Override
  public List<Diff> diff() {
    return List.of(new Diff.Line(unit, before.active(), way.done()));
  }

  @Override
  public String perform() {
    return (way == Way.RELOAD ? "b_reload " : "b_start restart ") + Sh.quote(unit);
  }

  @Override
  public Optional<String> undo() {
    String again = way == Way.RELOAD ? "b_reload_again " : "b_restart_again ";
    return Optional.of((before.running() ? again : "b_stop ") + Sh.quote(unit));
  }

  @Override
  public boolean undoneLast() {
    return true;
  }

  @Override
  public Facts effect(Facts facts) {
    return facts.with(new UnitFact(unit), new UnitState(before.load(), "active", before.enabled()));
  }

  /** Units may take 90 seconds to stop and as long to start before systemd gives up. */
  @Override
  public Duration deadline() {
    return Duration.ofMinutes(5);
  }
}

package dev.belay.core.step;

import dev.belay.core.fact.CommandFact;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.KnownSecrets;
import dev.belay.core.remote.RemotePath;
import java.util.List;
import java.util.stream.Stream;

/** Whether a task concerns a host at all; decided from facts, before anything runs. */
public interface Condition {

  /** Returns the facts that {@link #holds} needs. */
  List<Fact<?>> reads();

  /** Tells whether the task is to be done. Pure. */
  boolean holds(Facts facts);

  /** Returns the condition in words. */
  String text();

  /** Returns the condition that both hold. */
  default Condition and(Condition other) {
    return new Both(this, other);
  }

  /** Returns the condition that this one does not hold. */
  default Condition not() {
    return new Not(this);
  }

  /**
   * Holds where something lies at a path, be it a link that leads nowhere.
   *
   * @param path where to look
   */
  record Exists(RemotePath path) implements Condition {
    @Override
    public List<Fact<?>> reads() {
      return List.of(new FileFact(path, false));
    }

    @Override
    public boolean holds(Facts facts) {
      return !(facts.get(new FileFact(path, false)) instanceof FileState.Absent);
    }

    @Override
    public String text() {
      return path + " exists";
    }
  }

  /**
   * Holds where a command that only reads succeeds.
   *
   * @param argv the command and its arguments
   */
  record Succeeds(List<String> argv) implements Condition {
    /** Copies the list; refuses a secret in it. */
    public Succeeds {
      argv = KnownSecrets.noneIn(List.copyOf(argv));
    }

    @Override
    public List<Fact<?>> reads() {
      return List.of(new CommandFact(argv));
    }

    @Override
    public boolean holds(Facts facts) {
      return facts.get(new CommandFact(argv));
    }

    @Override
    public String text() {
      return String.join(" ", argv) + " succeeds";
    }
  }

  /**
   * Holds where both do.
   *
   * @param first one condition
   * @param second the other
   */
  record Both(Condition first, Condition second) implements Condition {
    @Override
    public List<Fact<?>> reads() {
      return Stream.concat(first.reads().stream(), second.reads().stream()).toList();
    }

    @Override
    public boolean holds(Facts facts) {
      return first.holds(facts) && second.holds(facts);
    }

    @Override
    public String text() {
      return first.text() + " and " + second.text();
    }
  }

  /**
   * Holds where the other does not.
   *
   * @param other the condition that is negated
   */
  record Not(Condition other) implements Condition {
    @Override
    public List<Fact<?>> reads() {
      return other.reads();
    }

    @Override
    public boolean holds(Facts facts) {
      return !other.holds(facts);
    }

    @Override
    public String text() {
      return "not: " + other.text();
    }
  }
}

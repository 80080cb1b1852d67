package dev.belay.core.builtin.command;

import dev.belay.core.change.RunCommand;
import dev.belay.core.fact.CommandFact;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.RemotePath;
import java.util.List;

/** Tells whether a command still has to run: what makes a command a state. */
public sealed interface Guard {

  /** Returns the fact that decides. */
  Fact<?> reads();

  /** Tells whether the command has to run. Pure. */
  boolean wants(Facts facts);

  /** Returns when the command runs, in words. */
  String text();

  /**
   * It runs until something lies at a path, be it a link that leads nowhere.
   *
   * @param path what the command makes
   */
  record Creates(RemotePath path) implements Guard {
    @Override
    public Fact<?> reads() {
      return new FileFact(path, false);
    }

    @Override
    public boolean wants(Facts facts) {
      return facts.get(new FileFact(path, false)) instanceof FileState.Absent;
    }

    @Override
    public String text() {
      return path + " does not exist";
    }
  }

  /**
   * It runs until another command, which only reads, succeeds.
   *
   * @param argv that command and its arguments
   */
  record Unless(List<String> argv) implements Guard {
    /** Copies the list. */
    public Unless {
      argv = CommandLine.checked(argv);
    }

    @Override
    public Fact<?> reads() {
      return new CommandFact(argv);
    }

    @Override
    public boolean wants(Facts facts) {
      return !facts.get(new CommandFact(argv));
    }

    @Override
    public String text() {
      return RunCommand.shown(argv) + " fails";
    }
  }

  /**
   * It runs as long as another command, which only reads, succeeds.
   *
   * @param argv that command and its arguments
   */
  record OnlyIf(List<String> argv) implements Guard {
    /** Copies the list. */
    public OnlyIf {
      argv = CommandLine.checked(argv);
    }

    @Override
    public Fact<?> reads() {
      return new CommandFact(argv);
    }

    @Override
    public boolean wants(Facts facts) {
      return facts.get(new CommandFact(argv));
    }

    @Override
    public String text() {
      return RunCommand.shown(argv) + " succeeds";
    }
  }
}

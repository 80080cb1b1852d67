package dev.belay.cli;

import dev.belay.core.playbook.Playbook;
import java.util.OptionalInt;

/**
 * Runs a playbook from a user's own {@code main}: in a program, under JBang, as {@code java
 * File.java}, or as a file given to the {@code belay} command.
 */
public final class Belay {

  private static final int NONE = -1;

  /** The exit code of the last playbook of this JVM, for the command that started its file. */
  private static volatile int lastExit = NONE;

  private Belay() {}

  /**
   * Does what the arguments say with the playbook, then ends the JVM with the exit code.
   *
   * @param args {@code check} or {@code apply}, {@code -i} with the hosts, and further options;
   *     {@code --help} lists them
   * @param playbook what hosts are to be like
   */
  public static void run(String[] args, Playbook playbook) {
    System.exit(execute(args, playbook));
  }

  /**
   * Does what the arguments say with the playbook and returns the exit code, see {@link
   * dev.belay.core.run.ExitCode}.
   *
   * @param args as for {@link #run}
   * @param playbook what hosts are to be like
   */
  public static int execute(String[] args, Playbook playbook) {
    lastExit = execute(args, playbook, Streams.ofProcess());
    return lastExit;
  }

  static int execute(String[] args, Playbook playbook, Streams streams) {
    return Guarded.run(
        args,
        streams,
        () -> {
          Invocation invocation = CommandLineReader.read(Defaults.ofProcess(), args);
          return switch (invocation.verb()) {
            case CHECK, APPLY -> Commands.withPlaybook(invocation, playbook, streams);
            default -> Commands.withoutPlaybook(invocation, streams);
          };
        });
  }

  static OptionalInt lastExit() {
    return lastExit == NONE ? OptionalInt.empty() : OptionalInt.of(lastExit);
  }
}

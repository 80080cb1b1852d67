package dev.belay.cli;

import dev.belay.core.playbook.Playbook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Runs a playbook from a user's own {@code main}: in a program, under JBang, as {@code java
 * File.java}, or as a file given to the {@code belay} command.
 */
public final class Belay {

  private static final int NONE = -1;

  /** The exit code of the last playbook of this JVM, for the command that started its file. */
  private static volatile int lastExit = NONE;

  /** The playbook file that the command has started, for a plan that is kept. */
  private static volatile String file = "";

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
          List<String> operands = invocation.operands();
          if (invocation.verb() == Verb.APPLY
              && operands.size() == 1
              && PlanFile.isMeant(operands.get(0))) {
            return planned(operands.get(0), args, playbook, streams);
          }
          return switch (invocation.verb()) {
            case CHECK, APPLY, LINT -> Commands.withPlaybook(invocation, playbook, streams);
            default -> Commands.withoutPlaybook(invocation, streams);
          };
        });
  }

  /** Applies what a plan says. */
  private static int planned(String file, String[] args, Playbook playbook, Streams streams) {
    PlanFile plan = PlanFile.read(Path.of(file));
    Invocation options = optionsOf(plan, file, args);
    return PlaybookRun.planned(options, playbook, plan, Path.of(file), streams).code();
  }

  /**
   * Returns the options given now and those of the plan's check. Its files of variables come first:
   * of variables the last word counts, and typed ones are given anew.
   */
  static Invocation optionsOf(PlanFile plan, String file, String[] args) {
    List<String> all = new ArrayList<>(plan.arguments(true));
    all.addAll(List.of(Main.without(file, args)));
    all.addAll(plan.arguments(false));
    return CommandLineReader.read(Defaults.ofProcess(), all.toArray(new String[0]));
  }

  /** Notes which file the playbook comes from. */
  static void from(String newFile) {
    file = Path.of(newFile).toAbsolutePath().normalize().toString();
  }

  static String file() {
    return file;
  }

  static OptionalInt lastExit() {
    return lastExit == NONE ? OptionalInt.empty() : OptionalInt.of(lastExit);
  }
}

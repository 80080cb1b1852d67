package dev.belay.cli;

import dev.belay.dsl.secret.VaultPasswords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The {@code belay} command: compiles and starts a playbook file, or does what needs none. */
public final class Main {

  private Main() {}

  /**
   * Runs the command and ends the JVM with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(execute(args, Streams.ofProcess()));
  }

  /** Runs the command. A playbook file whose main calls {@link Belay#run} ends the JVM itself. */
  static int execute(String[] args, Streams streams) {
    return Guarded.run(
        args,
        streams,
        () -> {
          Invocation invocation = CommandLineReader.read(Defaults.ofProcess(), args);
          return switch (invocation.verb()) {
            case CHECK, APPLY, LINT -> playbook(invocation, args, streams);
            case ROLLBACK -> rollback(invocation, args, streams);
            default -> Commands.withoutPlaybook(invocation, streams);
          };
        });
  }

  /** A playbook is named for its secrets only: the host knows what is to be undone. */
  private static int rollback(Invocation invocation, String[] args, Streams streams) {
    List<String> operands = invocation.operands();
    if (operands.isEmpty() || !operands.get(0).endsWith(".java")) {
      return Commands.withoutPlaybook(invocation, streams);
    }
    return started(invocation, operands.get(0), args, streams);
  }

  private static int playbook(Invocation invocation, String[] args, Streams streams) {
    return started(invocation, file(invocation), args, streams);
  }

  private static int started(Invocation invocation, String named, String[] args, Streams streams) {
    String file = named;
    if (invocation.verb() == Verb.APPLY && PlanFile.isMeant(file)) {
      PlanFile plan = PlanFile.read(Path.of(file));
      unlock(Belay.optionsOf(plan, file, args), streams);
      file = planned(plan, file);
      Belay.from(file);
      PlaybookFile.ofProcess().start(Path.of(file), args);
    } else {
      unlock(invocation, streams);
      Belay.from(file);
      PlaybookFile.ofProcess().start(Path.of(file), without(file, args));
    }
    VaultPasswords.give(Optional.empty());
    String started = file;
    return Belay.lastExit()
        .orElseThrow(
            () ->
                ComplaintException.usage(
                    started + " ended without running a playbook",
                    "a main that calls Belay.run(args, playbook)",
                    "a main that returned",
                    "add that call; args are the ones main is given"));
  }

  /** The playbook may read from a vault while it is built, which is before it sees the options. */
  private static void unlock(Invocation options, Streams streams) {
    VaultPasswords.give(Optional.of(VaultFlags.keys(options, streams.terminal())));
  }

  private static String planned(PlanFile plan, String file) {
    String playbook = plan.playbook();
    if (playbook.isEmpty()) {
      throw ComplaintException.usage(
          "the plan " + file + " is of a program of its own",
          "a plan of a playbook file",
          "one that was made by a program that calls Belay.run",
          "apply it with that program: PROGRAM apply " + file);
    }
    return playbook;
  }

  private static String file(Invocation invocation) {
    String verb = invocation.verb().word();
    List<String> operands = invocation.operands();
    if (operands.size() == 1) {
      return operands.get(0);
    }
    throw ComplaintException.usage(
        "belay " + verb + " takes one playbook file",
        "belay " + verb + " FILE.java -i HOSTS|FILE",
        operands.isEmpty() ? "no file" : String.join(" ", operands),
        operands.isEmpty()
            ? "name the Java file, such as examples/ControlPlaneAudit.java"
            : "run one file at a time; hosts go to -i");
  }

  /** Returns the arguments without the word that is the file, wherever it stands among options. */
  static String[] without(String file, String[] args) {
    List<String> others = new ArrayList<>(CommandLineReader.read(args).operands());
    others.remove(file);
    for (int i = 0; i < args.length; i++) {
      List<String> rest = new ArrayList<>(Arrays.asList(args));
      if (rest.remove(i).equals(file) && leaves(others, rest)) {
        return rest.toArray(new String[0]);
      }
    }
    throw new IllegalStateException(file + " is not among the arguments");
  }

  private static boolean leaves(List<String> operands, List<String> args) {
    try {
      return CommandLineReader.read(args.toArray(new String[0])).operands().equals(operands);
    } catch (ComplaintException taken) {
      return false; // it was the value of an option
    }
  }
}

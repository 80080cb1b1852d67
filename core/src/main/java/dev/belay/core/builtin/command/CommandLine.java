package dev.belay.core.builtin.command;

import dev.belay.core.remote.KnownSecrets;
import dev.belay.core.remote.RemotePath;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command and its arguments, of which nobody has said when it has to run: no step, since it would
 * change something in every run. There is no shell of its own: {@code |}, {@code *} and {@code $}
 * are plain characters. A secret among the arguments is refused, since {@code ps} shows them to
 * every user of the host; give it as {@link Command#input(dev.belay.core.remote.Secret) input} or
 * {@link Command#environment(String, dev.belay.core.remote.Secret) environment}.
 *
 * @param argv the command and its arguments
 */
public record CommandLine(List<String> argv) {

  /** Copies and checks the list. */
  public CommandLine {
    argv = checked(argv);
  }

  /** Names a command. */
  public static CommandLine of(String program, String... arguments) {
    return new CommandLine(words(program, arguments));
  }

  /** Returns the step that runs it where nothing lies at the path. */
  public Command creates(String path) {
    return new Command(this, new Guard.Creates(RemotePath.of(path)));
  }

  /** Returns the step that runs it where another command, which only reads, fails. */
  public Command unless(String program, String... arguments) {
    return new Command(this, new Guard.Unless(words(program, arguments)));
  }

  /**
   * Returns the step that runs it where another command, which only reads, succeeds. The command
   * must end what that one finds, or another {@link Command#unless guard} must: else it runs again
   * in every run, which is reported as a failure.
   */
  public Command onlyIf(String program, String... arguments) {
    return new Command(this, new Guard.OnlyIf(words(program, arguments)));
  }

  static List<String> words(String program, String... arguments) {
    return Stream.concat(Stream.of(program), Arrays.stream(arguments)).toList();
  }

  /** Asked while the playbook is built: a password of sudo that is typed later may be any word. */
  static List<String> checked(List<String> argv) {
    if (argv.isEmpty() || argv.get(0).isBlank()) {
      throw new IllegalArgumentException("a command line begins with a program");
    }
    if (argv.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("an argument cannot hold a NUL character");
    }
    if (argv.size() == 1 && argv.get(0).contains(" ")) {
      throw new IllegalArgumentException(
          "\"" + argv.get(0) + "\" would be one program's name; give the arguments one by one");
    }
    return KnownSecrets.noneIn(List.copyOf(argv));
  }
}

package dev.belay.cli;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Prints what a shell needs to complete commands and options; made of {@link Verb} and {@link
 * Flag}.
 */
final class Completion {

  private Completion() {}

  /** The shells that can be served. */
  enum ShellKind {
    BASH("bash", CompletionBash::script),
    ZSH("zsh", CompletionZsh::script),
    FISH("fish", CompletionFish::script);

    private final String word;
    private final Supplier<String> script;

    ShellKind(String word, Supplier<String> script) {
      this.word = word;
      this.script = script;
    }
  }

  /**
   * Returns the script for the shell that is named.
   *
   * @throws ComplaintException when there is none of that name
   */
  static String script(List<String> operands) {
    List<String> known = shells();
    String word = String.join(" ", operands);
    return Arrays.stream(ShellKind.values())
        .filter(shell -> shell.word.equals(word))
        .findFirst()
        .map(shell -> shell.script.get())
        .orElseThrow(
            () ->
                ComplaintException.usage(
                    "belay completion takes the name of a shell",
                    String.join(" or ", known),
                    word.isEmpty() ? "nothing" : word,
                    "put into ~/.bashrc: source <(belay completion bash)"));
  }

  /** Returns the names of the shells. */
  static List<String> shells() {
    return Arrays.stream(ShellKind.values()).map(shell -> shell.word).toList();
  }

  /** What follows an option or a command. */
  enum Kind {
    NOTHING,
    ANYTHING,
    FILE,
    PLAYBOOK,
    SHELL,
    COLOR
  }

  static Kind after(Flag flag) {
    if (!flag.takesValue()) {
      return Kind.NOTHING;
    }
    if (flag == Flag.COLOR) {
      return Kind.COLOR;
    }
    return flag.argument().contains("FILE") ? Kind.FILE : Kind.ANYTHING;
  }

  static Kind after(Verb verb) {
    return switch (verb) {
      case CHECK, APPLY, LINT -> Kind.PLAYBOOK;
      case COMPLETION -> Kind.SHELL;
      default -> Kind.NOTHING;
    };
  }

  /** Returns the options that a command takes, in the order of the help text. */
  static List<Flag> flags(Verb verb) {
    return Arrays.stream(Flag.values()).filter(flag -> flag.fits(verb)).toList();
  }
}

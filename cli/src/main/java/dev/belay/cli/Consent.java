package dev.belay.cli;

import java.util.Locale;
import java.util.Set;

/** Nothing is written before somebody has agreed to it. */
final class Consent {

  private static final Set<String> AGREEING = Set.of("y", "yes");

  private Consent() {}

  /**
   * Makes sure that there is somebody to ask, before anything else is done.
   *
   * @throws ComplaintException with exit code 5 when there is not
   */
  static void requirePossible(Invocation options, Terminal terminal) {
    String verb = options.verb().word();
    if (options.has(Flag.JSON)) {
      throw ComplaintException.refused(
          verb + " with --json does not ask",
          "to be told beforehand that the changes are wanted",
          "--json, which keeps standard output pure, without -y",
          "look at belay " + instead(options) + " first, then add -y");
    }
    if (!terminal.attended()) {
      throw ComplaintException.refused(
          verb + " has nobody to ask",
          "somebody at a terminal to agree to the changes, or -y",
          "input or output that is a pipe or a file, and no -y",
          "look at belay " + instead(options) + " first, then add -y");
    }
  }

  /** Asks; anything but a yes is a no. */
  static boolean given(Terminal terminal, String question) {
    return terminal
        .ask(question + " [y/N] ")
        .map(answer -> AGREEING.contains(answer.strip().toLowerCase(Locale.ROOT)))
        .orElse(false);
  }

  private static String instead(Invocation options) {
    return options.verb() == Verb.APPLY
        ? "check --diff"
        : options.verb().word() + " --check --diff";
  }
}

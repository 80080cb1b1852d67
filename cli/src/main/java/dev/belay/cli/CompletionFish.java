package dev.belay.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Completion for fish 3. */
final class CompletionFish {

  private CompletionFish() {}

  static String script() {
    StringBuilder text =
        new StringBuilder(
            "# Completes belay in fish: belay completion fish | source\ncomplete -c belay -f\n");
    for (Verb verb : Verb.values()) {
      text.append(
          "complete -c belay -n __fish_use_subcommand -a %s -d %s%n"
              .formatted(verb.word(), quote(verb.does())));
      text.append(operand(verb));
    }
    for (Flag flag : Flag.values()) {
      text.append(option(flag));
    }
    return text.toString();
  }

  private static String operand(Verb verb) {
    String seen = "complete -c belay -n '__fish_seen_subcommand_from " + verb.word() + "' ";
    return switch (Completion.after(verb)) {
      case PLAYBOOK -> seen + "-k -a '(__fish_complete_suffix .java)'\n";
      case SHELL -> seen + "-a '" + String.join(" ", Completion.shells()) + "'\n";
      default -> "";
    };
  }

  private static String option(Flag flag) {
    List<Verb> verbs = Arrays.stream(Verb.values()).filter(flag::fits).toList();
    String condition =
        verbs.size() == Verb.values().length
            ? ""
            : " -n '__fish_seen_subcommand_from "
                + verbs.stream().map(Verb::word).collect(Collectors.joining(" "))
                + "'";
    String follows =
        switch (Completion.after(flag)) {
          case NOTHING -> "";
          case FILE -> " -r -F";
          case COLOR -> " -x -a '" + String.join(" ", CommandLineReader.COLORS) + "'";
          default -> " -x";
        };
    String letter = flag.letter() == null ? "" : " -s " + flag.letter();
    return "complete -c belay"
        + condition
        + letter
        + " -l "
        + flag.word()
        + follows
        + " -d "
        + quote(flag.does())
        + "\n";
  }

  private static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}

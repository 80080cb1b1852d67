package dev.belay.cli;

import java.util.Arrays;
import java.util.Optional;

/** What {@code --help} and {@code --version} print. */
final class HelpText {

  static final String SYNOPSIS =
      """
        belay check    FILE.java -i HOSTS|FILE [--diff] [--out PLAN.json]
        belay apply    FILE.java -i HOSTS|FILE [-y]
        belay apply    PLAN.json
        belay runs     PATTERN   -i HOSTS|FILE
        belay rollback [FILE.java] PATTERN [RUN] -i HOSTS|FILE [--check] [-y]
        belay ping     PATTERN   -i HOSTS|FILE
        belay facts    PATTERN   -i HOSTS|FILE
        belay lint     FILE.java [-i HOSTS|FILE]
        belay new      NAME | NAME.java
        belay inventory --list | --graph [GROUP] | --host NAME  -i HOSTS|FILE
        belay completion bash | zsh | fish
        belay demo
      """;

  static final String EXIT_CODES =
      """
        0 ok                        4 a host could not be reached
        1 a task failed             5 refused: drift, lock, preflight, no consent
        2 changes pending (check    64 wrong command line, inventory or playbook
          --detailed-exitcode)      130 interrupted
        3 failed and rolled back
      """;

  private HelpText() {}

  static String help() {
    StringBuilder text =
        new StringBuilder(
            "Belay changes hosts over SSH: see the plan first, undo it afterwards.\n\n");
    text.append(SYNOPSIS).append('\n');
    Arrays.stream(Verb.values())
        .forEach(verb -> text.append("  %-10s %s%n".formatted(verb.word(), verb.does())));
    text.append("\nOptions\n");
    Arrays.stream(Flag.values()).forEach(flag -> text.append(flag.help()));
    text.append(
        """

        BELAY_FORKS=10 and the like, and forks: 10 in ./belay.yaml, say what is not said here.

        Exit codes
        """);
    return text.append(EXIT_CODES).toString();
  }

  /** Returns the number of this version, as a build tool names it. */
  static String number() {
    return Optional.ofNullable(HelpText.class.getPackage().getImplementationVersion())
        .orElse("0.1.0-SNAPSHOT");
  }

  static String version() {
    String version =
        Optional.ofNullable(HelpText.class.getPackage().getImplementationVersion())
            .orElse("(development build)");
    return "belay "
        + version
        + ", Java "
        + Runtime.version()
        + " at "
        + System.getProperty("java.home")
        + "\n";
  }
}

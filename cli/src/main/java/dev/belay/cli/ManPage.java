package dev.belay.cli;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Prints the manual page, in the macros of man(7). */
final class ManPage {

  private static final String TEXT =
      """
      .TH BELAY 1 "" "belay" "User Commands"
      .SH NAME
      belay \\- change hosts over SSH, see the plan first, undo it afterwards
      .SH SYNOPSIS
      %s.SH DESCRIPTION
      Belay runs playbooks, which are Java files, on hosts that need no more than sshd, a POSIX sh and
      coreutils. It predicts what would change, writes down on the host what was there before, and can
      put it back. See https://belay.dev for the guide and the steps there are.
      .SH COMMANDS
      %s.SH OPTIONS
      %s.SH "EXIT STATUS"
      %s.SH ENVIRONMENT
      .TP
      .B BELAY_FORKS, BELAY_USER, \\&...
      Each option that is no command of its own, in capitals and with _ for \\-; 1 or true for one without
      a value. The command line wins over them.
      .TP
      .B NO_COLOR
      No colours, unless \\-\\-color says otherwise.
      .TP
      .B GITHUB_ACTIONS
      Where it is true, failures and warnings are marked as \\-\\-annotations github does.
      .TP
      .B TERM, CI
      Where TERM is dumb or CI is set, there are no lines of what hosts are at.
      .SH FILES
      .TP
      .I belay.yaml
      In the directory one is in: options by their long form, such as
      .BR "forks: 10" .
      The environment and the command line win over it.
      .TP
      .I ~/.ssh/config, ~/.ssh/known_hosts
      As ssh has them.
      .TP
      .I /var/lib/belay
      On hosts: the journals of past runs.
      .SH EXAMPLES
      .nf
      belay check ControlPlaneAudit.java \\-i 'cp1,' \\-\\-diff
      belay apply ControlPlaneAudit.java \\-i inventory.yaml \\-l control_plane
      belay rollback all \\-i inventory.yaml \\-b
      .fi
      """;

  private ManPage() {}

  static String page() {
    return TEXT.formatted(
        Arrays.stream(HelpText.SYNOPSIS.split("\n"))
            .map(line -> ".nf\n" + roff(line) + "\n.fi\n")
            .collect(Collectors.joining()),
        Arrays.stream(Verb.values())
            .map(verb -> entry(verb.word(), verb.does()))
            .collect(Collectors.joining()),
        Arrays.stream(Flag.values())
            .map(flag -> entry(flag.names(), flag.does()))
            .collect(Collectors.joining()),
        HelpText.EXIT_CODES
            .lines()
            .map(line -> ".nf\n" + roff(line) + "\n.fi\n")
            .collect(Collectors.joining()));
  }

  private static String entry(String name, String does) {
    return ".TP\n.B \"" + roff(name) + "\"\n" + roff(does) + "\n";
  }

  /** Text as troff takes it, where a dash is a dash and no line is a macro. */
  private static String roff(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}

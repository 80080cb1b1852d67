package dev.belay.cli;

import dev.belay.core.playbook.Playbook;
import dev.belay.core.run.ExitCode;

/** Does what an invocation says and returns the exit code. */
final class Commands {

  private Commands() {}

  static int withPlaybook(Invocation invocation, Playbook playbook, Streams streams) {
    streams.out().println(playbook.name());
    return ExitCode.OK.code();
  }

  static int withoutPlaybook(Invocation invocation, Streams streams) {
    switch (invocation.verb()) {
      case HELP -> streams.out().print(HelpText.help());
      case VERSION -> streams.out().print(HelpText.version());
      default -> throw new IllegalStateException("not yet: " + invocation.verb());
    }
    return ExitCode.OK.code();
  }
}

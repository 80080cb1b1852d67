package dev.belay.cli;

import dev.belay.core.playbook.Playbook;
import dev.belay.core.run.ExitCode;

/** Does what an invocation says and returns the exit code. */
final class Commands {

  private Commands() {}

  /** Check, apply and lint, whose operand, the playbook file, has been dealt with before. */
  static int withPlaybook(Invocation options, Playbook playbook, Streams streams) {
    if (!options.operands().isEmpty()) {
      String word = options.operands().get(0);
      throw ComplaintException.usage(
          "\"" + word + "\" is more than is needed",
          "options only, since the playbook is this program's own",
          word,
          "leave it out; hosts go to -i, as in -i '" + word + ",'");
    }
    return options.verb() == Verb.LINT
        ? Lint.run(options, playbook, streams).code()
        : PlaybookRun.run(options, playbook, streams).code();
  }

  static int withoutPlaybook(Invocation options, Streams streams) {
    return switch (options.verb()) {
      case HELP -> print(HelpText.help(), streams);
      case VERSION -> print(HelpText.version(), streams);
      case COMPLETION -> print(Completion.script(options.operands()), streams);
      case MAN -> print(ManPage.page(), streams);
      case RUNS -> RunsList.run(options, streams).code();
      case ROLLBACK -> RollbackRun.run(options, streams).code();
      case PING -> Ping.run(options, streams).code();
      case FACTS -> HostFacts.run(options, streams).code();
      case NEW -> NewProject.run(options, streams).code();
      case INVENTORY -> InventoryShow.run(options, streams).code();
      case DEMO -> Demo.run(options, streams, DemoPlaybooks.controlPlane()).code();
      default -> throw new IllegalStateException(options.verb() + " needs a playbook");
    };
  }

  private static int print(String text, Streams streams) {
    streams.out().print(text);
    return ExitCode.OK.code();
  }
}

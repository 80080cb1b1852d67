package dev.belay.testkit.steps;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.StepContract;

class ReversibleCommandTest implements StepContract {

  @Override
  public PlayItem item() {
    return CommandLine.of("ln", "-s", "a b", "/opt/link $x")
        .creates("/opt/link $x")
        .affects("/opt")
        .undoneBy("rm", "/opt/link $x");
  }

  @Override
  public String arrange() {
    return "touch '/opt/a b'";
  }

  @Override
  public boolean predictable() {
    return false;
  }
}

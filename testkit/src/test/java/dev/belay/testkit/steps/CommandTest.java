package dev.belay.testkit.steps;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.remote.Secret;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import java.util.List;

class CommandTest implements StepContract {

  private static final String SECRET = "it's $(a) \"secret\"";

  @Override
  public PlayItem item() {
    return CommandLine.of("dd", "of=/opt/made $(id)", "status=none")
        .creates("/opt/made $(id)")
        .affectsNothing()
        .input(Secret.of(SECRET))
        .undoneBy("rm", "-f", "/opt/made $(id)");
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost().directory("/opt");
  }

  @Override
  public String proof() {
    return "[ \"$(cat '/opt/made $(id)')\" = 'it'\\''s $(a) \"secret\"' ]"
        + " && [ \"$(stat -c %a '/opt/made $(id)')\" = 644 ]";
  }

  /** What the command made is read again, not predicted. */
  @Override
  public boolean predictable() {
    return false;
  }

  @Override
  public List<String> secrets() {
    return List.of(SECRET);
  }
}

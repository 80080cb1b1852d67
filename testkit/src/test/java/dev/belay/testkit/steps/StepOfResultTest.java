package dev.belay.testkit.steps;

import dev.belay.core.builtin.command.Result;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.fact.CommandOutput;
import dev.belay.core.fact.OutputFact;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import java.util.List;

class StepOfResultTest implements StepContract {

  private static final String HOSTILE = "/opt/a b';$(x)";

  @Override
  public PlayItem item() {
    return Result.of("cat", "--", HOSTILE)
        .into(
            "note of what lies there",
            out -> new FilePresent(RemotePath.of("/opt/note")).content("it says " + out.text()));
  }

  @Override
  public String arrange() {
    return "printf '42\\n' >'/opt/a b'\\'';$(x)'";
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost()
        .with(new OutputFact(List.of("cat", "--", HOSTILE)), new CommandOutput(0, "42\n", ""));
  }

  @Override
  public String proof() {
    return "[ \"$(cat /opt/note)\" = 'it says 42' ]";
  }
}

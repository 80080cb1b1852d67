package dev.belay.testkit.steps;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.remote.Secret;
import dev.belay.core.step.PlayItem;
<<<<<<< HEAD
=======
import dev.belay.testkit.FakeHost;
>>>>>>> steps
import dev.belay.testkit.StepContract;
import java.util.List;

class CommandTest implements StepContract {

<<<<<<< HEAD
  private static final String SECRET = "hunter2-it's \"so\" $ecret";

  @Override
  public PlayItem item() {
    return CommandLine.of("tee", "/opt/it's $(id)")
        .creates("/opt/it's $(id)")
        .affects("/opt")
        .input(Secret.of(SECRET));
  }

  @Override
  public boolean reversible() {
    return false;
  }

  @Override
=======
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
>>>>>>> steps
  public boolean predictable() {
    return false;
  }

  @Override
  public List<String> secrets() {
    return List.of(SECRET);
  }
<<<<<<< HEAD

  @Override
  public String proof() {
    return "[ \"$(cat \"/opt/it's \\$(id)\")\" = 'hunter2-it'\\''s \"so\" $ecret' ]";
  }
=======
>>>>>>> steps
}

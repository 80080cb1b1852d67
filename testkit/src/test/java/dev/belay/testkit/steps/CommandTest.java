package dev.belay.testkit.steps;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.remote.Secret;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.StepContract;
import java.util.List;

class CommandTest implements StepContract {

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
  public boolean predictable() {
    return false;
  }

  @Override
  public List<String> secrets() {
    return List.of(SECRET);
  }

  @Override
  public String proof() {
    return "[ \"$(cat \"/opt/it's \\$(id)\")\" = 'hunter2-it'\\''s \"so\" $ecret' ]";
  }
}

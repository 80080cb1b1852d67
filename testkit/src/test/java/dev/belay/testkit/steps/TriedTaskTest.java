package dev.belay.testkit.steps;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.remote.Secret;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.StepContract;
import java.time.Duration;
import java.util.List;

/** A task with retries, a timeout and a look keeps the contract of its step. */
class TriedTaskTest implements StepContract {

  @Override
  public PlayItem item() {
    return new FilePresent(RemotePath.of("/opt/a b';$(x)"))
        .content(Content.of(Secret.of("pl4nted-s3cret")))
        .mode("0600")
        .timeout(Duration.ofSeconds(60))
        .retries(2, Duration.ofSeconds(1))
        .until("test", "-s", "/opt/a b';$(x)");
  }

  @Override
  public List<String> secrets() {
    return List.of("pl4nted-s3cret");
  }

  @Override
  public String proof() {
    return "[ \"$(cat '/opt/a b'\\'';$(x)')\" = pl4nted-s3cret ]";
  }
}

package dev.belay.testkit.steps;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;

class FileAbsentTest implements StepContract {

  @Override
  public PlayItem item() {
    return new FilePresent(RemotePath.of("/opt/-rf $(x)")).absent();
  }

  @Override
  public String arrange() {
    return "cd /opt && printf 'secret' > './-rf $(x)' && chmod 0604 './-rf $(x)' && touch -d '2019-05-05 05:05:05' './-rf $(x)'";
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost().file("/opt/-rf $(x)", "0604", "secret");
  }
}

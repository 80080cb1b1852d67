package dev.belay.testkit.steps;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;

class FilePresentTest implements StepContract {

  @Override
  public PlayItem item() {
    return new FilePresent(RemotePath.of("/etc/motd"))
        .content("it's \"quoted\" $HOME `id` \\ ünï\u0001\n\nno end")
        .mode("0640")
        .owner("root")
        .group("adm");
  }

  @Override
  public String arrange() {
    return "printf 'old\\n' > /etc/motd; chmod 4755 /etc/motd; touch -d '2020-01-01 00:00:00' /etc/motd";
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost().file("/etc/motd", "4755", "old\n");
  }
}

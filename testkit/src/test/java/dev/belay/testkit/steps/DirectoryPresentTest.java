package dev.belay.testkit.steps;

import dev.belay.core.builtin.file.DirectoryPresent;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.StepContract;

class DirectoryPresentTest implements StepContract {

  @Override
  public PlayItem item() {
    return new DirectoryPresent(RemotePath.of("/opt/a 'b'/$(id)/\nlast")).mode("0700");
  }
}

package dev.belay.testkit.steps;

import dev.belay.core.builtin.log.LogLine;
import dev.belay.core.builtin.log.LogLineFact;
import dev.belay.core.builtin.log.LogLineSeen;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import java.time.Duration;
import java.util.List;

/** Waits for the line that the host writes when the very run begins that waits. */
class LogLineSeenTest implements StepContract {

  private static final LogLineSeen STEP =
      new LogLine(RemotePath.of("/var/lib/belay/order"), List.of("-"), List.of("'; echo x"))
          .within(Duration.ofSeconds(20));

  @Override
  public PlayItem item() {
    return STEP;
  }

  @Override
  public boolean predictable() {
    return false;
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost().with(new LogLineFact(STEP.line()), false);
  }
}

package dev.belay.testkit.steps;

import dev.belay.core.builtin.kube.syscall.NodeContainersFact;
import dev.belay.core.builtin.kube.syscall.StraceFact;
import dev.belay.core.builtin.kube.syscall.Syscalls;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import java.time.Duration;
import java.util.List;

/** A container that has ended and left its log; what strace sees is tried beside the step. */
class SyscallsTest implements StepContract {

  @Override
  public PlayItem item() {
    return new Syscalls("citadel", "collector*")
        .forbidden("kill")
        .watchedFor(Duration.ofSeconds(1));
  }

  @Override
  public boolean onlyLooks() {
    return true;
  }

  @Override
  public String arrange() {
    return "mkdir -p /var/log/containers && : >/var/log/containers/collector-1_citadel_c-"
        + "a".repeat(64)
        + ".log";
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost()
        .with(new NodeContainersFact(), List.of())
        .with(new StraceFact(List.of()), true)
        .with(new StraceFact(List.of("kill")), true);
  }
}

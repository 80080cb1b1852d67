package dev.belay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.change.Change;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.PlayItem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every step has to keep, proven on every kind of host. A step's test implements it: it says
 * what to keep and how a host is arranged so that there is something to do.
 *
 * <p>Check writes nothing; what check predicted is what apply does; afterwards nothing is left to
 * do; the journal's undo, read back from the host by another run, restores the tree; no secret
 * stands in any text.
 */
public interface StepContract {

  /**
   * Returns the step, or the task with keywords, that is tried; it must have something to do,
   * unless it {@link #onlyLooks}.
   */
  PlayItem item();

  /** Returns shell text that arranges a fresh host before. */
  default String arrange() {
    return "";
  }

  /** Returns the host in memory, arranged in the same way; its facts may be told. */
  default FakeHost fakeHost() {
    return new FakeHost();
  }

  /** Tells whether the host needs the stand-ins for Kubernetes. */
  default boolean kubernetes() {
    return false;
  }

  /** Tells whether all that the step does can be undone. */
  default boolean reversible() {
    return true;
  }

  /** Tells whether the step changes nothing, ever: it sees that something is so, or fails. */
  default boolean onlyLooks() {
    return false;
  }

  /** Tells whether check mode can predict all of it. */
  default boolean predictable() {
    return true;
  }

  /** Returns places whose change an undo cannot and need not take back, such as logs of apt. */
  default List<String> leavesBehind() {
    return List.of();
  }

  /** Returns secrets that stand in the step and may be seen nowhere. */
  default List<String> secrets() {
    return List.of();
  }

  /** Returns the kinds of host to try. */
  default List<HostKind> hosts() {
    return List.of(HostKind.values());
  }

  /** Returns shell text that must succeed once the step is applied. */
  default String proof() {
    return ":";
  }

  /** Returns the tests: one on the host in memory, and one for each kind of real host. */
  @TestFactory
  default Stream<DynamicTest> keepsTheContract() {
    return Stream.concat(
        Stream.of(DynamicTest.dynamicTest("in memory", this::keepsItInMemory)),
        hosts().stream()
            .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> ContractRun.of(this, kind))));
  }

  private void keepsItInMemory() {
    Playbook playbook = new Playbook("contract", List.of(Play.of("play").tasks(item())));
    FakeHost host = fakeHost();
    List<PlannedTask> checked = host.check(playbook);
    assertThat(checked).extracting(PlannedTask::outcome).noneMatch(Outcome.Fails.class::isInstance);
    assertThat(checked.stream().allMatch(task -> task.outcome() instanceof Outcome.Ok))
        .as("nothing to do")
        .isEqualTo(onlyLooks());
    assertThat(host.apply(playbook))
        .extracting(PlannedTask::changes)
        .isEqualTo(checked.stream().map(PlannedTask::changes).toList());
    if (predictable()) {
      assertThat(host.check(playbook))
          .extracting(PlannedTask::outcome)
          .allMatch(Outcome.Ok.class::isInstance);
    }
    List<Change> changes = checked.stream().flatMap(task -> task.changes().stream()).toList();
    for (String secret : secrets()) {
      assertThat(changes.toString()).doesNotContain(secret);
      assertThat(changes).extracting(Change::summary).noneMatch(text -> text.contains(secret));
    }
  }
}

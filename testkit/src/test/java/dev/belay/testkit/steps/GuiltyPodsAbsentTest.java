package dev.belay.testkit.steps;

import static dev.belay.core.fact.object.ObjectKind.POD;
import static dev.belay.core.fact.object.ObjectKind.STATEFUL_SET;
import static dev.belay.testkit.steps.Guilty.by;
import static dev.belay.testkit.steps.Guilty.there;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.change.Change;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import dev.belay.testkit.host.ClusterObjects;
import dev.belay.testkit.host.WatchedContainers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuiltyPodsAbsentTest implements StepContract {

  @Override
  public PlayItem item() {
    return Guilty.PODS.absent();
  }

  @Override
  public boolean kubernetes() {
    return true;
  }

  @Override
  public String arrange() {
    return ClusterObjects.namespaces("team-red")
            .pod("team-red", "loud", "")
            .pod("team-red", "quiet", "")
            .arrange()
        + " && "
        + WatchedContainers.NONE
            .killing("team-red", "loud", "c")
            .idle("team-red", "quiet", "c")
            .arrange();
  }

  @Override
  public FakeHost fakeHost() {
    return there(Guilty.host("loud"), POD, "loud", "", "");
  }

  @Override
  public String proof() {
    return "cd /var/lib/etcd/belay && [ \"$(echo pods@*)\" = pods@team-red@quiet ]";
  }

  @Override
  public List<String> leavesBehind() {
    return List.of("/var/lib/etcd");
  }

  @Test
  void refusesAPodThatWouldComeBack() {
    assertThat(Guilty.refusal(trio(3), item()))
        .contains("its controller StatefulSet trio would make it again", "scale it to 0");
  }

  private static FakeHost trio(int replicas) {
    FakeHost host = Guilty.host("trio-1");
    there(host, POD, "trio-1", by("apps/v1", "StatefulSet", "trio"), "");
    return there(host, STATEFUL_SET, "trio", "", ",\"spec\":{\"replicas\":" + replicas + "}");
  }

  @Test
  void leavesAPodThatGoesSinceItsOwnerStandsAtZero() {
    assertThat(Guilty.check(trio(0), item()).changes()).isEmpty();
  }

  @Test
  void leavesToATaskBeforeWhatThatScales() {
    FakeHost host = Guilty.host("bare", "trio-1");
    there(host, POD, "bare", "", "");
    there(host, POD, "trio-1", by("apps/v1", "StatefulSet", "trio"), "");
    there(host, STATEFUL_SET, "trio", "", ",\"spec\":{\"replicas\":1}");
    Play both = Play.of("p").tasks(Guilty.PODS.ownersScaledToZero(), item());
    assertThat(host.check(new Playbook("p", List.of(both))))
        .flatExtracting(PlannedTask::changes)
        .extracting(Change::summary)
        .containsExactly("scale StatefulSet team-red/trio from 1 to 0", "delete Pod team-red/bare");
  }

  @ParameterizedTest
  @CsvSource({
    "containerd://aaaa, true",
    "docker://aaaa, true",
    "containerd://bbbb, false",
    "aaaa, true",
    "'', true"
  })
  void sparesAPodThatWasMadeAnewSinceTheWatch(String container, boolean deleted) {
    String id = container.replace("aaaa", Guilty.id(0)).replace("bbbb", Guilty.id(1));
    String status =
        id.isEmpty()
            ? ""
            : ",\"status\":{\"containerStatuses\":[{\"containerID\":\"" + id + "\"}]}";
    PlannedTask planned = Guilty.check(there(Guilty.host("loud"), POD, "loud", "", status), item());
    assertThat(planned.changes()).hasSize(deleted ? 1 : 0);
    assertThat(planned.warnings().stream().anyMatch(text -> text.contains("watch again")))
        .isNotEqualTo(deleted);
  }
}

package dev.belay.testkit.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.kube.immutable.ImmutabilityAudit;
import dev.belay.core.builtin.kube.immutable.MutableContainer;
import dev.belay.core.builtin.kube.immutable.MutableContainer.Reason;
import dev.belay.core.builtin.kube.immutable.MutableContainer.Type;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectListFact;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import dev.belay.testkit.host.ClusterObjects;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImmutabilityAuditTest implements StepContract {

  private static final ImmutabilityAudit STEP = new ImmutabilityAudit();
  private static final ObjectListFact PODS =
      new ObjectListFact(Kubectl.ADMIN, ObjectKind.POD, Optional.empty());
  private static final String READ_ONLY = "\"readOnlyRootFilesystem\":true";

  @Override
  public PlayItem item() {
    return STEP;
  }

  @Override
  public boolean kubernetes() {
    return true;
  }

  @Override
  public boolean onlyLooks() {
    return true;
  }

  @Override
  public String arrange() {
    return ClusterObjects.challenge4().arrange();
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost().with(PODS, List.of(pod("Running", container("a", READ_ONLY))));
  }

  private static String container(String name, String context) {
    return "{\"name\":\"" + name + "\",\"securityContext\":{" + context + "}}";
  }

  private static ObjectContent pod(String phase, String container) {
    return ObjectContent.ofJson(
        "{\"metadata\":{\"namespace\":\"n\",\"name\":\"p\",\"ownerReferences\":[{\"kind\":"
            + "\"ReplicaSet\",\"name\":\"r\",\"controller\":true}]},\"status\":{\"phase\":\""
            + phase
            + "\"},\"spec\":{\"containers\":["
            + container
            + "],\"initContainers\":[{\"name\":\"first\"}],\"ephemeralContainers\":["
            + container("debug", READ_ONLY + ",\"capabilities\":{\"add\":[\"CAP_SYS_ADMIN\"]}")
            + "]}}");
  }

  private static List<MutableContainer> report(String phase, String container) {
    return STEP.report(Facts.NONE.with(PODS, List.of(pod(phase, container))));
  }

  @Test
  void listsInitAndEphemeralContainersToo() {
    assertThat(report("Running", container("a", READ_ONLY)))
        .extracting(MutableContainer::name, MutableContainer::type, MutableContainer::reasons)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("first", Type.INIT, Set.of(Reason.ROOT_WRITABLE)),
            org.assertj.core.api.Assertions.tuple(
                "debug", Type.EPHEMERAL, Set.of(Reason.SYS_ADMIN)));
  }

  @Test
  void saysWhyARootThatIsReadOnlyDoesNotHelp() {
    MutableContainer found =
        report("Running", container("a", READ_ONLY + ",\"privileged\":true")).get(1);
    assertThat(found.reasons()).containsExactly(Reason.PRIVILEGED);
    assertThat(found.owner()).contains("ReplicaSet r");
  }

  @Test
  void leavesOutPodsThatHaveEnded() {
    assertThat(report("Succeeded", container("a", ""))).isEmpty();
  }

  @Test
  void showsWhatItFindsAsATable() {
    Facts facts = Facts.NONE.with(PODS, List.of(pod("Running", container("a", ""))));
    assertThat(STEP.findings(facts))
        .singleElement()
        .satisfies(
            found ->
                assertThat(found.rows().get(1))
                    .containsExactly(
                        "n",
                        "p",
                        "a",
                        "container",
                        "ReplicaSet r",
                        "readOnlyRootFilesystem is not true"));
  }
}

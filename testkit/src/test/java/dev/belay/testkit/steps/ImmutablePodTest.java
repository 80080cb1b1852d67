package dev.belay.testkit.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.kube.immutable.ImmutableWorkload;
import dev.belay.core.change.Change;
import dev.belay.core.change.CreateObject;
import dev.belay.core.change.DeleteObject;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import dev.belay.testkit.host.ClusterObjects;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bare pod is saved, deleted and created again. */
class ImmutablePodTest implements StepContract {

  private static final ObjectRef APP = ObjectRef.of(ObjectKind.POD, "omega", "omega-app");

  @Override
  public PlayItem item() {
    return new ImmutableWorkload(Kubectl.ADMIN, APP).writableIn("c", "/tmp");
  }

  @Override
  public boolean kubernetes() {
    return true;
  }

  @Override
  public String arrange() {
    return ClusterObjects.challenge4().arrange();
  }

  @Override
  public FakeHost fakeHost() {
    return host("");
  }

  private static FakeHost host(String metadata) {
    String json =
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"omega-app\","
            + "\"namespace\":\"omega\",\"uid\":\"u-1\""
            + metadata
            + "},\"spec\":{\"nodeName\":\"cp1\",\"containers\":[{\"name\":\"c\"}]}}";
    return new FakeHost()
        .with(
            new ObjectFact(Kubectl.ADMIN, APP),
            new ObjectState.Present(ObjectContent.ofJson(json)));
  }

  @Override
  public String proof() {
    return "kubectl get --raw " + APP.path() + " | grep -q '\"readOnlyRootFilesystem\":true'";
  }

  @Override
  public List<String> leavesBehind() {
    return List.of("/var/lib/etcd");
  }

  private PlannedTask check(FakeHost host) {
    return host.check(new Playbook("p", List.of(Play.of("p").tasks(item())))).get(0);
  }

  @Test
  void makesItAnewWithoutItsNode() {
    List<? extends Change> changes = check(host("")).changes();
    assertThat(changes).hasSize(2);
    assertThat(changes.get(0)).isInstanceOf(DeleteObject.class);
    assertThat(((CreateObject) changes.get(1)).content().json())
        .contains("\"readOnlyRootFilesystem\":true", "\"emptyDir\":{}")
        .doesNotContain("nodeName", "u-1");
  }

  @Test
  void refusesAPodThatAControllerMakes() {
    Outcome outcome =
        check(
                host(
                    ",\"ownerReferences\":[{\"kind\":\"ReplicaSet\",\"name\":\"web-5d9\","
                        + "\"controller\":true}]"))
            .outcome();
    assertThat(outcome).isInstanceOf(Outcome.Fails.class);
    assertThat(((Outcome.Fails) outcome).problem().got()).contains("ReplicaSet web-5d9");
  }
}

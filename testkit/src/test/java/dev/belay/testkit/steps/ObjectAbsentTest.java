package dev.belay.testkit.steps;

import static dev.belay.core.fact.object.ObjectKind.POD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.kube.object.ObjectName;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectFact;
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

class ObjectAbsentTest implements StepContract {

  private static final ObjectRef POD_REF = ObjectRef.of(POD, "eden-prime", "eden-software2");

  @Override
  public PlayItem item() {
    return new ObjectName(POD_REF).absent();
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
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"eden-software2\","
            + "\"namespace\":\"eden-prime\",\"uid\":\"4c93-1\""
            + metadata
            + "},\"spec\":{\"nodeName\":\"node7\"}}";
    return new FakeHost()
        .with(
            new ObjectFact(Kubectl.ADMIN, POD_REF),
            new ObjectState.Present(ObjectContent.ofJson(json)));
  }

  @Override
  public String proof() {
    return "cd /var/lib/etcd/belay && [ ! -e pods@eden-prime@eden-software2 ] && [ -e"
        + " pods@eden-prime@eden-software1 ] && [ -e pods@eden-prime@eden-software3 ]";
  }

  /** What etcd holds differs in uid and version once the pod is made again. */
  @Override
  public List<String> leavesBehind() {
    return List.of("/var/lib/etcd");
  }

  @Test
  void refusesAPodThatItsControllerWouldMakeAgain() {
    Outcome outcome =
        outcome(
            ",\"ownerReferences\":[{\"kind\":\"ReplicaSet\",\"name\":\"web-5d9\","
                + "\"controller\":true}]");
    assertThat(got(outcome)).contains("ReplicaSet web-5d9");
  }

  @Test
  void refusesAStaticPodAndNamesItsNode() {
    Outcome outcome = outcome(",\"annotations\":{\"kubernetes.io/config.mirror\":\"x\"}");
    assertThat(got(outcome)).contains("static pod", "node7");
  }

  @Test
  void warnsOfFinalizers() {
    PlannedTask planned = check(",\"finalizers\":[\"example.com/wait\"]");
    assertThat(planned.outcome()).isInstanceOf(Outcome.WouldChange.class);
    assertThat(planned.warnings()).singleElement().asString().contains("example.com/wait");
  }

  @Test
  void isNotKnownWhileTheApiServerIsAway() {
    FakeHost host = new FakeHost();
    assertThat(host.check(playbook()).get(0).outcome()).isInstanceOf(Outcome.MayChange.class);
  }

  private Outcome outcome(String metadata) {
    return check(metadata).outcome();
  }

  private PlannedTask check(String metadata) {
    return host(metadata).check(playbook()).get(0);
  }

  private Playbook playbook() {
    return new Playbook("p", List.of(Play.of("p").tasks(item())));
  }

  private static String got(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Fails.class);
    return ((Outcome.Fails) outcome).problem().got();
  }
}

package dev.belay.testkit.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.kube.remedy.Culprit;
import dev.belay.core.fact.object.AccessFact;
import dev.belay.core.fact.object.Action;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.plan.Outcome;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import dev.belay.testkit.host.ClusterObjects;
import dev.belay.testkit.host.IncidentLogs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CulpritDeniedTest implements StepContract {

  private static final String REASON =
      "RBAC: allowed by RoleBinding \"b/citadel\" of Role \"r\" to User \"agent-smith\"";

  @Override
  public PlayItem item() {
    return new Culprit(Incident.SEARCH).denied();
  }

  @Override
  public boolean kubernetes() {
    return true;
  }

  @Override
  public boolean onlyLooks() {
    return true;
  }

  /** The log tells what was; the cluster knows no binding of his any more. */
  @Override
  public String arrange() {
    return IncidentLogs.arrange() + " && " + ClusterObjects.namespaces("citadel").arrange();
  }

  @Override
  public FakeHost fakeHost() {
    return host(false);
  }

  private static FakeHost host(boolean allowed) {
    FakeHost host = Incident.host("agent-smith", REASON);
    for (String verb : List.of("create", "delete")) {
      Action action =
          new Action("agent-smith", List.of(), verb, "pods", "", Optional.of("citadel"));
      host.with(
          new AccessFact(Kubectl.ADMIN, action),
          new AccessFact.Access(allowed, allowed ? REASON : ""));
    }
    return host;
  }

  @Test
  void namesTheBindingThatStillAllowsIt() {
    Playbook playbook = new Playbook("p", List.of(Play.of("p").tasks(item())));
    Outcome outcome = host(true).check(playbook).get(0).outcome();
    assertThat(outcome).isInstanceOf(Outcome.Fails.class);
    assertThat(((Outcome.Fails) outcome).problem().got()).contains("b/citadel");
  }

  @Test
  void isNotKnownBeforeTheGrantIsTakenAway() {
    Culprit culprit = new Culprit(Incident.SEARCH);
    Playbook playbook =
        new Playbook("p", List.of(Play.of("p").tasks(culprit.grantAbsent(), culprit.denied())));
    FakeHost host = new CulpritGrantAbsentTest().fakeHost();
    for (String verb : List.of("create", "delete")) {
      Action action =
          new Action("agent-smith", List.of(), verb, "pods", "", Optional.of("citadel"));
      host.with(new AccessFact(Kubectl.ADMIN, action), new AccessFact.Access(true, REASON));
    }
    assertThat(host.check(playbook).get(1).outcome()).isInstanceOf(Outcome.MayChange.class);
  }
}

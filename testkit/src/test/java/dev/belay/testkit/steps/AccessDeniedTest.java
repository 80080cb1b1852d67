package dev.belay.testkit.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.kube.object.AccessDenied;
import dev.belay.core.fact.object.AccessFact;
import dev.belay.core.plan.Outcome;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import dev.belay.testkit.host.ClusterObjects;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessDeniedTest implements StepContract {

  private static final AccessDenied STEP =
      AccessDenied.of("agent-smith", "create", "pods", "eden-prime");

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
    return told(false, "");
  }

  private static FakeHost told(boolean allowed, String reason) {
    return new FakeHost()
        .with(
            new AccessFact(STEP.kubectl(), STEP.action()), new AccessFact.Access(allowed, reason));
  }

  @Test
  void failsAndNamesTheBindingThatGrantsIt() {
    String reason = "RBAC: allowed by RoleBinding \"b/eden-prime\" of Role \"r\" to User \"u\"";
    Playbook playbook = new Playbook("p", List.of(Play.of("p").tasks(item())));

    Outcome outcome = told(true, reason).check(playbook).get(0).outcome();

    assertThat(outcome).isInstanceOf(Outcome.Fails.class);
    assertThat(((Outcome.Fails) outcome).problem().got()).contains("b/eden-prime");
  }
}

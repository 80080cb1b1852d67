package dev.belay.testkit.steps;

import dev.belay.core.builtin.kube.object.ObjectName;
import dev.belay.core.builtin.kube.object.RoleRules;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import dev.belay.testkit.host.ClusterObjects;
import java.util.List;

class ObjectPresentTest implements StepContract {

  /** A name that a shell, a URL or a file would read in another way. */
  private static final ObjectRef ROLE =
      ObjectRef.of(ObjectKind.ROLE, "citadel", "a 'b' \"c\" $(d) `e` ;f ?g #h ..i ü");

  @Override
  public PlayItem item() {
    return new ObjectName(ROLE).present(RoleRules.allow(List.of("get", "list"), "pods"));
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
    return new FakeHost().with(new ObjectFact(Kubectl.ADMIN, ROLE), new ObjectState.Absent());
  }

  @Override
  public String proof() {
    return "kubectl --kubeconfig /etc/kubernetes/admin.conf get --raw '"
        + ROLE.path()
        + "' | grep -q '\"verbs\":\\[\"get\",\"list\"\\]'";
  }

  @Override
  public List<String> leavesBehind() {
    return List.of("/var/lib/etcd");
  }
}

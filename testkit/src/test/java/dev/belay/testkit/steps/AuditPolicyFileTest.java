package dev.belay.testkit.steps;

import static dev.belay.core.builtin.kube.audit.GroupResources.core;
import static dev.belay.core.builtin.kube.audit.Policy.policy;
import static dev.belay.core.builtin.kube.audit.Rule.rule;

import dev.belay.core.builtin.kube.AuditPolicyFile;
import dev.belay.core.builtin.kube.audit.Level;
import dev.belay.core.builtin.kube.audit.Policy;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;

class AuditPolicyFileTest implements StepContract {

  static final Policy POLICY =
      policy(rule(Level.METADATA).resources(core("pods")).namespaces("it's $(id)", "citadel"));

  @Override
  public PlayItem item() {
    return new AuditPolicyFile(RemotePath.of("/etc/kubernetes/audit-policy.yaml"), POLICY);
  }

  @Override
  public String arrange() {
    return "mkdir -p /etc/kubernetes && printf 'kind: Policy\\n' > /etc/kubernetes/audit-policy.yaml";
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost().file("/etc/kubernetes/audit-policy.yaml", "0644", "kind: Policy\n");
  }

  @Override
  public String proof() {
    return "[ \"$(stat -c '%a %U' /etc/kubernetes/audit-policy.yaml)\" = '600 root' ]";
  }
}

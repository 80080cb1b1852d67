package dev.belay.testkit.steps;

import dev.belay.core.builtin.kube.HostPathVolume;
import dev.belay.core.builtin.kube.Readiness;
import dev.belay.core.builtin.kube.StaticPod;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import java.time.Duration;
import java.util.List;

class StaticPodTest implements StepContract {

  private static final RemotePath POLICY = RemotePath.of("/etc/kubernetes/audit-policy.yaml");
  private static final RemotePath LOG = RemotePath.of("/var/log/kubernetes/audit");

  @Override
  public PlayItem item() {
    return new StaticPod(
            RemotePath.of("/etc/kubernetes/manifests/kube-apiserver.yaml"), "kube-apiserver")
        .flag("audit-policy-file", POLICY.value())
        .flag("audit-log-path", LOG + "/audit.log")
        .volume(HostPathVolume.readOnlyFile("audit", POLICY))
        .volume(HostPathVolume.directory("audit-log", LOG))
        .reloadedBy(POLICY)
        .ready(new Readiness(Duration.ofSeconds(30), Duration.ofSeconds(1)));
  }

  @Override
  public boolean kubernetes() {
    return true;
  }

  @Override
  public String arrange() {
    return "mkdir -p /var/log/kubernetes/audit && printf '%s\\n' 'apiVersion: audit.k8s.io/v1'"
        + " 'kind: Policy' 'rules:' '- level: Metadata' > /etc/kubernetes/audit-policy.yaml";
  }

  @Override
  public FakeHost fakeHost() {
    return new FakeHost()
        .directory(LOG.value())
        .file(POLICY.value(), "0600", "kind: Policy\n")
        .file(
            "/etc/kubernetes/manifests/kube-apiserver.yaml",
            "0600",
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: kube-apiserver
              namespace: kube-system
            spec:
              containers:
              - command:
                - kube-apiserver
                - --secure-port=6443
                name: kube-apiserver
            """);
  }

  @Override
  public String proof() {
    return "for c in /proc/[0-9]*/comm; do read -r n < $c || continue; [ $n = kube-apiserver ] || continue;"
        + " tr '\\0' '\\n' < ${c%comm}cmdline; done | grep -qx -e --audit-policy-file="
        + POLICY
        + " && [ -s /var/log/kubernetes/audit/audit.log ]";
  }

  @Override
  public List<String> leavesBehind() {
    return List.of("/var/log");
  }
}

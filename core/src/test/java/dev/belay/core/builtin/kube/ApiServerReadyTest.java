package dev.belay.core.builtin.kube;

import static dev.belay.core.builtin.kube.audit.GroupResources.core;
import static dev.belay.core.builtin.kube.audit.Policy.policy;
import static dev.belay.core.builtin.kube.audit.Rule.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.belay.core.builtin.kube.audit.Level;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.HealthCondition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ApiServerReadyTest {

  @Test
  void asksForNoAuditEventUnlessAPolicyIsGiven() {
    HealthCondition usual = ApiServerReady.usual().condition();

    assertThat(usual.text())
        .isEqualTo("the API server runs as its manifest says, is ready, and stays so for 5 s");
    assertThat(usual.await())
        .isEqualTo(
            "b_await_pod kube-apiserver '/etc/kubernetes/manifests/kube-apiserver.yaml' 5 '' ''");
  }

  @Test
  void marksARequestThatThePolicyLogs() {
    HealthCondition deletions =
        ApiServerReady.usual()
            .manifest(RemotePath.of("/m's.yaml"))
            .stableFor(Duration.ofSeconds(9))
            .writesAudit(
                policy(
                    rule(Level.METADATA)
                        .verbs("delete")
                        .resources(core("pods"))
                        .namespaces("omega")))
            .condition();

    assertThat(deletions.text())
        .contains("audit event of DELETE /api/v1/namespaces/omega/pods/belay-…?dryRun=All,")
        .endsWith("for 9 s");
    assertThat(deletions.await())
        .isEqualTo(
            "b_await_pod kube-apiserver '/m'\\''s.yaml' 9 'delete'"
                + " '/api/v1/namespaces/omega/pods/belay-@?dryRun=All'");
    assertThat(deletions.restored())
        .isEqualTo("b_await_pod_again kube-apiserver '/m'\\''s.yaml' 9");
  }

  @Test
  void saysWhereNoRequestIsKnownThatThePolicyLogs() {
    HealthCondition smith =
        ApiServerReady.usual()
            .writesAudit(policy(rule(Level.METADATA).users("agent-smith")))
            .condition();

    assertThat(smith.text()).endsWith("no harmless request is known that the policy logs");
    assertThat(smith.await()).endsWith(" '' ''");
  }

  @Test
  void refusesToWaitForStabilityTooLong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiServerReady.usual().stableFor(Duration.ofMinutes(2)));
  }
}

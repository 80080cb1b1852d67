package dev.belay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The playbook that audits control planes, on a control plane of the real kubeadm in the state of
 * CKS Challenge 4. The tests follow each other as an operator's day would: starting a control plane
 * for each would take a minute apiece.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ControlPlaneAuditLabTest {

  private static final String PLAYBOOK = "examples/ControlPlaneAudit.java";
  private static final String LOG = "/var/log/kubernetes/audit/audit.log";
  private static final String[] WATCHED = {"/etc", "/var/lib/belay", "/opt"};
  private static final Map<String, String> PLAIN = Map.of();

  @TempDir static Path scratch;
  private static LabHost host;
  private static String manifest;

  @BeforeAll
  static void makeControlPlane() {
    host = LabHost.up("lab-test-cp", scratch, "--control-plane", "--scenario", "challenge4");
    manifest = host.root("sha256sum " + LabHost.MANIFEST);
  }

  @AfterAll
  static void takeItDown() {
    if (host != null) {
      host.close();
    }
  }

  @Test
  @Order(1)
  void checkChangesNothing() {
    var before = host.tree(WATCHED);
    var process = host.apiServerProcess();

    var check = host.belay(PLAIN, "check", PLAYBOOK, "--diff");

    assertThat(check.well()).contains("--audit-policy-file=/etc/kubernetes/audit-policy.yaml");
    assertThat(host.tree(WATCHED)).isEqualTo(before);
    assertThat(host.apiServerProcess()).isEqualTo(process);
  }

  @Test
  @Order(2)
  void undoesAFlagThatTheApiServerRefuses() {
    assertRefusedAndUndone("no-such-flag=1");
  }

  @Test
  @Order(3)
  void undoesAFlagWithAValueThatTheApiServerRefuses() {
    assertRefusedAndUndone("audit-log-maxage=-1");
  }

  private static void assertRefusedAndUndone(String flag) {
    var run =
        host.belay(
            Map.of("BELAY_LAB_FLAG", flag),
            "apply",
            "lab/src/test/playbooks/AuditWithFlag.java",
            "-y");

    assertThat(run.exit()).as(run.output()).isEqualTo(3);
    assertThat(host.root("sha256sum " + LabHost.MANIFEST)).isEqualTo(manifest);
    host.root("kubectl get --raw /readyz");
    assertThat(host.apiServerArguments()).noneMatch(word -> word.startsWith("--audit"));
  }

  @Test
  @Order(4)
  void applyTurnsAuditingOn() {
    host.belay(PLAIN, "apply", PLAYBOOK, "-y").well();

    assertThat(host.apiServerArguments())
        .contains(
            "--audit-policy-file=/etc/kubernetes/audit-policy.yaml", "--audit-log-path=" + LOG);
    host.root("kubectl get --raw /readyz");
    assertThat(host.root("systemctl is-active falco-modern-bpf").strip()).isEqualTo("active");
  }

  @Test
  @Order(5)
  void logTellsWhoDoesItAndByWhichRight() {
    host.await(
        Duration.ofSeconds(60),
        "grep '\"verb\":\"delete\"' "
            + LOG
            + " | grep '\"resource\":\"pods\"' | grep -q '\"username\":\"agent-smith\"'");

    assertThat(host.root("grep '\"username\":\"agent-smith\"' " + LOG + " | tail -n 20"))
        .contains("\"kind\":\"Event\"", "audit.k8s.io/v1", "\"namespace\":\"citadel\"")
        .contains(
            "RBAC: allowed by RoleBinding \\\"important_binding_do_not_delete/citadel\\\" of Role"
                + " \\\"important_role_do_not_delete\\\" to User \\\"agent-smith\\\"");
  }

  @Test
  @Order(6)
  void secondApplyPlansNothingAndRestartsNothing() {
    var before = host.tree("/etc", "/opt");
    var process = host.apiServerProcess();
    var falco = host.root("systemctl show --property=MainPID falco-modern-bpf");

    var run = host.belay(PLAIN, "apply", PLAYBOOK, "-y");

    assertThat(run.well()).contains("changed=0");
    assertThat(host.tree("/etc", "/opt")).isEqualTo(before);
    assertThat(host.apiServerProcess()).isEqualTo(process);
    assertThat(host.root("systemctl show --property=MainPID falco-modern-bpf")).isEqualTo(falco);
  }

  @Test
  @Order(7)
  void rollbackBringsTheOldApiServerBack() {
    host.belay(PLAIN, "rollback", "all", "--become", "-y").well();

    assertThat(host.root("sha256sum " + LabHost.MANIFEST)).isEqualTo(manifest);
    host.root("kubectl get --raw /readyz");
    assertThat(host.apiServerArguments()).noneMatch(word -> word.startsWith("--audit"));
    assertThat(host.root("ls /etc/kubernetes/manifests").lines())
        .containsExactly(
            "etcd.yaml",
            "kube-apiserver.yaml",
            "kube-controller-manager.yaml",
            "kube-scheduler.yaml");
    assertThat(host.root("test ! -e /etc/kubernetes/audit-policy.yaml && echo gone").strip())
        .isEqualTo("gone");
  }
}

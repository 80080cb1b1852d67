package dev.belay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * CKS Challenge 4 as a whole on a control plane of the real kubeadm, and objects of its cluster as
 * steps. The attacker is real, and so is the audit log that tells of him; the lab has a stand-in
 * for Falco that detects nothing, so its alert is written by the test.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class Challenge4LabTest {

  private static final String PLAYBOOK = "examples/Challenge4.java";
  private static final String KEPT = "lab/src/test/playbooks/KeptObjects.java";
  private static final Map<String, String> PLAIN = Map.of();
  private static final String ALERT =
      "12:00:00.000000001: Error Package management process launched in container (user=root"
          + " user_loginuid=-1 command=apt install nginx container_id=55e02f53cced"
          + " container_name=eden-software2 image=busybox:lab k8s_ns=eden-prime"
          + " k8s_pod_name=eden-software2)";
  private static final String MAY_CREATE =
      "kubectl auth can-i create pods -n citadel --as agent-smith";
  private static final List<String> GUILTY =
      List.of(
          "Pod eden-prime eden-software2",
          "Role citadel important_role_do_not_delete",
          "RoleBinding citadel important_binding_do_not_delete");

  @TempDir static Path scratch;
  private static LabHost host;
  private static Cluster cluster;
  private static List<String> names;
  private static List<String> contents;

  @BeforeAll
  static void makeControlPlane() {
    host = LabHost.up("lab-test-c4", scratch, "--control-plane", "--scenario", "challenge4");
    host.root("printf '%s\\n' '" + ALERT + "' >/opt/falco.log");
    cluster = new Cluster(host);
    names = cluster.names();
    contents = guiltyContents();
  }

  @AfterAll
  static void takeItDown() {
    if (host != null) {
      host.close();
    }
  }

  private static List<String> guiltyContents() {
    List<String> all = new ArrayList<>();
    for (String line : GUILTY) {
      String[] words = line.split(" ");
      all.add(cluster.content(words[0].toLowerCase(java.util.Locale.ROOT), words[1], words[2]));
    }
    return all;
  }

  @Test
  @Order(1)
  void checkOfAFreshHostSaysWhatNobodyCanKnowYet() {
    var before = host.tree("/etc", "/var/lib/belay", "/opt", "/root/.kube");
    var check = host.belay(PLAIN, "check", PLAYBOOK);

    assertThat(check.well()).contains("may change", "the culprit's binding and role are gone");
    assertThat(host.tree("/etc", "/var/lib/belay", "/opt", "/root/.kube")).isEqualTo(before);
    assertThat(cluster.names()).isEqualTo(names);
  }

  @Test
  @Order(2)
  void onlyTheGuiltyGo() {
    host.belay(PLAIN, "apply", PLAYBOOK, "-y").well();

    List<String> kept = new ArrayList<>(names);
    assertThat(kept.removeAll(GUILTY)).isTrue();
    assertThat(cluster.names()).isEqualTo(kept);
    assertThat(host.root("cat /opt/blacklist_users /opt/compromised_pods").lines())
        .containsExactly(
            "agent-smith,important_role_do_not_delete,important_binding_do_not_delete",
            "eden-prime,eden-software2");
    assertThat(host.root(MAY_CREATE + " || :").strip()).isEqualTo("no");
  }

  @Test
  @Order(3)
  void aSecondApplyDoesNothing() {
    var before = cluster.objects();
    assertThat(host.belay(PLAIN, "apply", PLAYBOOK, "-y").well()).contains("changed=0");
    assertThat(cluster.objects()).isEqualTo(before);
  }

  @Test
  @Order(4)
  void rollbackBringsThemBack() {
    host.belay(PLAIN, "rollback", "all", "--become", "-y").well();

    assertThat(cluster.names()).isEqualTo(names);
    assertThat(guiltyContents()).isEqualTo(contents);
    assertThat(host.root(MAY_CREATE).strip()).isEqualTo("yes");
    host.root("kubectl wait -n eden-prime --for=condition=Ready pod/eden-software2 --timeout=60s");
  }

  @Test
  @Order(5)
  void checkShowsWhatItWouldDeleteOnceThereAreLogs() {
    host.belay(PLAIN, "apply", "examples/ControlPlaneAudit.java", "-y").well();
    host.root("printf '%s\\n' '" + ALERT + "' >>/opt/falco.log");
    host.await(
        Duration.ofSeconds(60),
        "grep '\"verb\":\"delete\"' /var/log/kubernetes/audit/audit.log | grep -q agent-smith");
    var before = cluster.objects();

    var check = host.belay(PLAIN, "check", PLAYBOOK, "--diff");

    assertThat(check.well())
        .contains(
            "--- before: Pod eden-prime/eden-software2\n",
            "--- before: RoleBinding citadel/important_binding_do_not_delete\n",
            "--- before: Role citadel/important_role_do_not_delete\n")
        .doesNotContain("eden-software1", "webapp-viewer");
    assertThat(cluster.objects()).isEqualTo(before);
  }

  @Test
  @Order(6)
  void refusesAStaticPodAndNamesItsNode() {
    var run =
        host.belay(
            Map.of("BELAY_LAB_POD", "kube-system/kube-scheduler-controlplane"),
            "apply",
            "lab/src/test/playbooks/AbsentPod.java",
            "-y");
    assertThat(run.exit()).as(run.output()).isNotZero();
    assertThat(run.output()).contains("static pod", "controlplane", "/etc/kubernetes/manifests");
  }

  @Test
  @Order(7)
  void refusesAPodThatWouldComeBackAndNamesItsOwner() {
    host.root(
        "kubectl create deployment web -n omega --image=busybox:lab; for i in $(seq 60); do"
            + " kubectl get pod -n omega -l app=web -o name | grep -q . && break; sleep 1; done");
    String pod =
        host.root("kubectl get pod -n omega -l app=web -o jsonpath='{.items[0].metadata.name}'")
            .strip();
    var run =
        host.belay(
            Map.of("BELAY_LAB_POD", "omega/" + pod),
            "apply",
            "lab/src/test/playbooks/AbsentPod.java",
            "-y");
    host.root("kubectl delete deployment web -n omega");
    assertThat(run.exit()).as(run.output()).isNotZero();
    assertThat(run.output()).contains("ReplicaSet web-", "would make it again");
  }

  @Test
  @Order(8)
  void aFinalizerHoldsTheDeletionUpAndIsNamed() {
    host.root(
        "kubectl patch pod eden-software3 -n eden-prime --type merge -p"
            + " '{\"metadata\":{\"finalizers\":[\"example.com/wait\"]}}'");
    var run =
        host.belay(
            Map.of("BELAY_LAB_POD", "eden-prime/eden-software3"),
            "apply",
            "lab/src/test/playbooks/AbsentPod.java",
            "-y");
    host.root(
        "kubectl patch pod eden-software3 -n eden-prime --type merge -p"
            + " '{\"metadata\":{\"finalizers\":null}}'");
    assertThat(run.exit()).as(run.output()).isNotZero();
    assertThat(run.output()).contains("example.com/wait", "still there after");
    host.belay(PLAIN, "rollback", "all", "--become", "-y").well();
    host.root("kubectl wait -n eden-prime --for=condition=Ready pod/eden-software3 --timeout=60s");
  }

  @Test
  @Order(9)
  void theHostItselfPutsObjectsBackWhenTheGuardIsNotMet() {
    List<String> before = keptContents();
    var run = host.belay(Map.of("BELAY_LAB_GOOD", "0"), "apply", KEPT, "-y");

    assertThat(run.exit()).as(run.output()).isEqualTo(3);
    assertThat(keptContents()).isEqualTo(before);
    assertThat(host.root("kubectl get role -n citadel -o name")).doesNotContain("$(d)");
  }

  @Test
  @Order(10)
  void objectsOfAnyNameAreKeptAndTakenBack() {
    List<String> before = keptContents();
    List<String> all = cluster.names();
    host.belay(Map.of("BELAY_LAB_GOOD", "1"), "apply", KEPT, "-y").well();

    assertThat(host.root("kubectl get role -n citadel -o name"))
        .contains("a 'b' \"c\" $(d) `e` ;f ?g #h");
    assertThat(host.root("kubectl auth can-i get pods -n citadel --as \"o'brien\"").strip())
        .isEqualTo("yes");
    assertThat(host.root("kubectl get configmap omega-settings -n omega -o jsonpath={.data.mode}"))
        .isEqualTo("loud");
    assertThat(host.belay(Map.of("BELAY_LAB_GOOD", "1"), "apply", KEPT, "-y").well())
        .contains("changed=0");

    host.belay(PLAIN, "rollback", "all", "--become", "-y").well();
    assertThat(keptContents()).isEqualTo(before);
    assertThat(cluster.names()).isEqualTo(all);
  }

  private static List<String> keptContents() {
    return List.of(
        cluster.content("role", "citadel", "webapp-viewer"),
        cluster.content("rolebinding", "citadel", "webapp-viewer"),
        cluster.content("configmap", "omega", "omega-settings"),
        cluster.content("secret", "citadel", "webapp-secret"),
        cluster.content("pod", "omega", "omega-app"));
  }
}

package dev.belay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
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
 * A deployment, a stateful set, a daemon set and a bare pod made immutable on a control plane of
 * the real kubeadm, proved by writing and given back; a program that cannot live without writing
 * takes its deployment back by itself. The tests follow each other.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImmutableLabTest {

  private static final String PLAYBOOK = "lab/src/test/playbooks/ImmutableWorkloads.java";
  private static final String NEEDY = "lab/src/test/playbooks/ImmutableNeedy.java";
  private static final String EXEC = "kubectl exec -n omega ";
  private static final Map<String, String> PLAIN = Map.of();
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir static Path scratch;
  private static LabHost host;
  private static String before;

  @BeforeAll
  static void makeControlPlane() {
    host = LabHost.up("lab-test-ro", scratch, "--control-plane", "--scenario", "challenge4");
    host.root("echo '" + WORKLOADS.replace("\n", "\\n") + "' | kubectl apply -f -");
    for (var one : new String[] {"deployment/web", "statefulset/db", "daemonset/agent"}) {
      host.await(SOON, "kubectl rollout status -n omega --timeout=5s " + one);
    }
    host.await(SOON, "kubectl rollout status -n omega --timeout=5s deployment/needy");
    before = specs();
  }

  @AfterAll
  static void takeItDown() {
    if (host != null) {
      host.close();
    }
  }

  private static final String WORKLOADS =
      workload("Deployment", "web", "replicas: 2, ", "sleep 1000000")
          + workload("StatefulSet", "db", "serviceName: db, ", "sleep 1000000")
          + workload("DaemonSet", "agent", "", "sleep 1000000")
          + workload("Deployment", "needy", "", "while date >/state; do sleep 1; done");

  private static String workload(String kind, String name, String more, String program) {
    return """
        ---
        apiVersion: apps/v1
        kind: %s
        metadata: {name: %s, namespace: omega}
        spec: {%sselector: {matchLabels: {app: %s}}, template: {metadata: {labels: {app: %s}}, spec: {
          terminationGracePeriodSeconds: 0, tolerations: [{operator: Exists}], containers: [
          {name: main, image: "busybox:lab", command: [sh, -c, "%s"]}]}}}
        """
        .formatted(kind, name, more, name, name, program);
  }

  /** What people wrote of the workloads: the rest is the cluster's own. */
  private static String specs() {
    return host.root(
        "kubectl get -n omega deployment,statefulset,daemonset -o jsonpath='{range"
            + " .items[*]}{.metadata.name} {.spec.template.spec}{\"\\n\"}{end}'");
  }

  @Test
  @Order(1)
  void checkTellsWhichContainersCanBeAlteredAndChangesNothing() {
    var check = host.belay(PLAIN, "check", PLAYBOOK, "--json");

    assertThat(check.well())
        .contains("\"type\":\"found\"")
        .contains("kube-apiserver", "readOnlyRootFilesystem is not true", "omega-app");
    assertThat(specs()).isEqualTo(before);
  }

  @Test
  @Order(2)
  void makesThemImmutableAndProvesIt() {
    var apply = host.belay(PLAIN, "apply", PLAYBOOK, "-y");

    assertThat(apply.well()).contains("change Deployment omega/web", "create Pod omega/omega-app");
    for (var pod :
        new String[] {"deployment/web", "statefulset/db", "daemonset/agent", "omega-app"}) {
      var refused = host.root(EXEC + pod + " -- touch /x 2>&1 || :");
      assertThat(refused).as(pod).contains("Read-only file system");
      host.root(EXEC + pod + " -- sh -c \"touch /tmp/x && ls -A /tmp\"");
      assertThat(host.root(EXEC + pod + " -- ls -A /tmp")).doesNotContain("belay");
    }
    assertThat(host.belay(PLAIN, "check", PLAYBOOK, "--detailed-exitcode").exit()).isZero();
  }

  @Test
  @Order(3)
  void givesThemBack() {
    host.belay(PLAIN, "rollback", "lab-test-ro", "-y", "--become").well();

    assertThat(specs()).isEqualTo(before);
    for (var one : new String[] {"deployment/web", "statefulset/db", "daemonset/agent"}) {
      host.await(SOON, "kubectl rollout status -n omega --timeout=5s " + one);
      host.await(SOON, EXEC + one + " -- touch /x");
    }
    host.await(SOON, EXEC + "omega-app -- touch /x");
    host.assertClean();
  }

  @Test
  @Order(4)
  void takesBackByItselfWhatCannotLiveWithoutWriting() {
    var apply = host.belay(PLAIN, "apply", NEEDY, "-y");

    assertThat(apply.exit()).as(apply.output()).isEqualTo(3);
    assertThat(apply.output()).contains("/state: Read-only file system");
    assertThat(specs()).isEqualTo(before);
    host.await(SOON, "kubectl rollout status -n omega --timeout=5s deployment/needy");
    host.assertClean();
  }
}

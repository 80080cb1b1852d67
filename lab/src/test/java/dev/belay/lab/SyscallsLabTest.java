package dev.belay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real containers of a real kubelet, watched by the real strace: three replicas and a Deployment,
 * of which one replica and the Deployment's pod make a call that they must not. The control plane
 * has no crictl, so the containers are found as kubelet and the cgroups name them. At the end what
 * is guilty goes, and comes back.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SyscallsLabTest {

  private static final String PLAYBOOK = "lab/src/test/playbooks/WatchedPods.java";
  private static final String REMEDY = "lab/src/test/playbooks/GuiltyPods.java";
  private static final Map<String, String> PLAIN = Map.of();

  /** As in the tutorial's exercise: now and then one of them sends a signal to a process 666. */
  private static final String PODS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: team-red}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: trio, namespace: team-red}
      spec:
        serviceName: trio
        replicas: 3
        podManagementPolicy: Parallel
        selector: {matchLabels: {app: trio}}
        template:
          metadata: {labels: {app: trio}}
          spec:
            automountServiceAccountToken: false
            terminationGracePeriodSeconds: 1
            containers:
            - name: main
              image: busybox:lab
              command: [sh, -c, "while :; do case $(hostname) in *-1) kill -TERM 666 ;; esac; sleep 2; done"]
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: collector, namespace: team-red}
      spec:
        replicas: 1
        selector: {matchLabels: {app: collector}}
        template:
          metadata: {labels: {app: collector}}
          spec:
            automountServiceAccountToken: false
            terminationGracePeriodSeconds: 1
            containers:
            - {name: quiet, image: "busybox:lab", command: [sleep, "1000000"]}
            - {name: loud, image: "busybox:lab", command: [sh, -c, "while :; do kill -0 666; sleep 2; done"]}
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: team-blue}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: alone, namespace: team-blue}
      spec:
        terminationGracePeriodSeconds: 1
        containers:
        - {name: main, image: "busybox:lab", command: [sh, -c, "while :; do kill -0 666; sleep 2; done"]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: innocent, namespace: team-blue}
      spec:
        terminationGracePeriodSeconds: 1
        containers:
        - {name: main, image: "busybox:lab", command: [sh, -c, "while :; do sleep 2; done"]}
      """;

  /** The processes of the pods with their states, tracers and start times. */
  private static final String PROCESSES =
      "for c in $(grep -ls kubepods /proc/[0-9]*/cgroup); do d=${c%/cgroup};"
          + " grep -qs 'while' $d/cmdline && grep -sE '^(Pid|State|TracerPid)' $d/status"
          + " | tr '\\n' ' ' && cut -d' ' -f22 $d/stat; done; true";

  @TempDir static Path scratch;
  private static LabHost host;

  @BeforeAll
  static void makePods() {
    host = LabHost.up("lab-test-syscalls", scratch, "--control-plane");
    host.await(
        Duration.ofSeconds(90),
        "kubectl apply -f - <<'END' && kubectl -n team-blue get pods alone innocent\n"
            + PODS
            + "END");
    awaitAllRunning();
  }

  private static void awaitAllRunning() {
    host.await(
        Duration.ofSeconds(120),
        "[ \"$(kubectl -n team-red get pods -o 'jsonpath={.items[*].status.phase}')"
            + " $(kubectl -n team-blue get pods -o 'jsonpath={.items[*].status.phase}')\" ="
            + " 'Running Running Running Running Running Running' ]");
  }

  @AfterAll
  static void takeItDown() {
    if (host != null) {
      host.close();
    }
  }

  @Test
  @Order(1)
  void findsTheReplicaAndTheDeploymentThatCallWhatTheyMustNot() {
    List<String> before = started();
    String text = host.belay(Map.of("BELAY_LAB_SECONDS", "10"), "check", "--json", PLAYBOOK).well();
    List<String> found = text.lines().filter(line -> line.contains("\"type\":\"found\"")).toList();

    assertThat(found).hasSize(2);
    assertThat(found.get(0))
        .contains("\"pod\":\"trio-1\",\"container\":\"main\",\"syscall\":\"kill\"")
        .contains("\"owner\":\"StatefulSet/trio\"")
        .containsPattern("\"pod\":\"collector-[^\"]+\",\"container\":\"loud\",\"syscall\":\"kill\"")
        .contains("\"owner\":\"Deployment/collector\"")
        .contains("kill(666, SIGTERM) = -1 ESRCH (No such process)")
        .doesNotContain("trio-0", "trio-2", "quiet", "ptrace");
    assertThat(found.get(1)).contains("\"pod\":\"trio-0\"", "\"pod\":\"trio-2\"");
    assertThat(text).doesNotContain("attach:");
    assertUntouched(before);
  }

  @Test
  @Order(2)
  void leavesNoTracerBehindWhenItIsInterrupted() throws Exception {
    List<String> before = started();
    Process belay = belay("50");
    try {
      host.await(Duration.ofSeconds(60), "pgrep -x strace");
    } finally {
      belay.descendants().forEach(ProcessHandle::destroyForcibly);
      belay.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }

    host.await(Duration.ofSeconds(20), "! pgrep -x strace");
    assertUntouched(before);
  }

  @Test
  @Order(3)
  void onlyWhatIsGuiltyGoesAndComesBack() throws Exception {
    Cluster cluster = new Cluster(host);
    List<String> objects = cluster.objects();
    List<String> names = named(cluster);

    Ran check = host.belay(PLAIN, "check", REMEDY, "--diff");
    assertThat(check.well())
        .contains(
            "StatefulSet team-red/trio: all of its 3 pods go",
            "-  replicas: 3",
            "-  replicas: 1",
            "+  replicas: 0",
            "--- before: Pod team-blue/alone\n")
        .doesNotContain("innocent");
    assertThat(cluster.objects()).isEqualTo(objects);

    applyWhileSomebodyWrites();
    host.await(Duration.ofSeconds(60), "[ -z \"$(kubectl -n team-red get pods -o name)\" ]");
    List<String> gone = new ArrayList<>(objects);
    gone.removeAll(cluster.objects());
    assertThat(gone.stream().map(line -> line.replaceFirst(" [^ ]+$", "")).map(this::plain))
        .containsExactlyInAnyOrder(
            "Pod team-blue alone",
            "Pod team-red trio-0",
            "Pod team-red trio-1",
            "Pod team-red trio-2",
            "Pod team-red collector");
    assertThat(objects).containsAll(cluster.objects());
    assertThat(host.belay(PLAIN, "apply", REMEDY, "-y").well()).contains("changed=0");

    host.belay(PLAIN, "rollback", "all", "--become", "-y").well();
    awaitAllRunning();
    assertThat(named(cluster)).isEqualTo(names);
    assertThat(
            host.root(
                "kubectl -n team-red get statefulset/trio deployment/collector -o"
                    + " 'jsonpath={.items[*].spec.replicas}'"))
        .isEqualTo("3 1");
  }

  /** The status of a workload changes all the time, and so does what else people write into it. */
  private static void applyWhileSomebodyWrites() throws InterruptedException {
    Process writes =
        host.start(
            "export KUBECONFIG=/etc/kubernetes/admin.conf; end=$(($(date +%s) + 120)); while [ ! -e"
                + " /tmp/enough ] && [ $(date +%s) -lt $end ]; do kubectl -n team-red annotate"
                + " --overwrite statefulset/trio busy=$(date +%N) >/dev/null; done");
    try {
      host.belay(PLAIN, "apply", REMEDY, "-y").well();
    } finally {
      host.root("touch /tmp/enough");
      assertThat(writes.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(host.root("kubectl -n team-red get statefulset trio -o jsonpath={.metadata}"))
        .contains("\"busy\":");
  }

  /** Every object by kind and name, and the pods of a replica set by the name of its deployment. */
  private List<String> named(Cluster cluster) {
    return cluster.names().stream().map(this::plain).toList();
  }

  private String plain(String line) {
    return line.replaceFirst("^(Pod .* collector)-.*", "$1");
  }

  private static Process belay(String seconds) throws IOException {
    ProcessBuilder belay =
        new ProcessBuilder(
                LabHost.project().resolve("belay").toString(),
                "check",
                PLAYBOOK,
                "-i",
                host.inventory(),
                "--known-hosts",
                host.knownHosts())
            .directory(LabHost.project().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    belay.environment().put("BELAY_LAB_SECONDS", seconds);
    return belay.start();
  }

  private static List<String> started() {
    return host.root(PROCESSES).lines().map(line -> line.replaceFirst(".*\\s", "")).toList();
  }

  /** The same processes go on, and nobody traces or has stopped them. */
  private static void assertUntouched(List<String> before) {
    assertThat(host.root(PROCESSES).lines())
        .allMatch(line -> line.contains("TracerPid:\t0"))
        .noneMatch(line -> line.contains("State:\tT") || line.contains("State:\tt"));
    assertThat(started()).containsExactlyInAnyOrderElementsOf(before).hasSizeGreaterThan(3);
    assertThat(
            host.root(
                "kubectl -n team-red get pods -o"
                    + " 'jsonpath={.items[*].status.containerStatuses[*].restartCount}'"))
        .isEqualTo("0 0 0 0 0");
  }
}

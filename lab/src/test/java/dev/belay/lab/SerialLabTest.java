package dev.belay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three control planes that are audited one after the other, each only while the API servers of the
 * others answer. They are clusters of their own: what is looked at is the order and the gate.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SerialLabTest {

  private static final String PLAYBOOK = "examples/ControlPlaneAudit.java";
  private static final String AWAY = "/root/etcd.yaml";
  private static final String ETCD = "/etc/kubernetes/manifests/etcd.yaml";
  private static final String LOGS = "/var/log/kubernetes/audit";
  private static final String READY = "kubectl --request-timeout=3s get --raw /readyz";

  @TempDir static Path scratch;
  private static final List<LabHost> HOSTS = new ArrayList<>();
  private static Outcomes outcomes;

  @BeforeAll
  static void makeControlPlanes() {
    for (var name : List.of("lab-test-one", "lab-test-two", "lab-test-three")) {
      HOSTS.add(LabHost.up(name, scratch, "--control-plane"));
    }
    outcomes = new Outcomes("serial", "case", "exit", "first", "second", "third");
  }

  @AfterAll
  static void takeThemDown() {
    HOSTS.forEach(LabHost::close);
  }

  private static Ran belay(Map<String, String> environment, String... words) {
    var all = new ArrayList<>(List.of(words));
    HOSTS.subList(0, 2).forEach(host -> all.addAll(List.of("-i", host.inventory())));
    return HOSTS.get(2).belay(environment, all.toArray(String[]::new));
  }

  private static List<String> outcome() {
    return HOSTS.stream()
        .map(
            host ->
                host.apiServerArguments().stream().anyMatch(word -> word.startsWith("--audit"))
                    ? "audits"
                    : "as before")
        .toList();
  }

  private static void tell(String name, Ran run, List<String> outcome) {
    outcomes.add(Stream.concat(Stream.of(name, run.exit()), outcome.stream()).toArray());
  }

  @Test
  @Order(1)
  void beginsNothingWhileOneOfTheOthersDoesNotAnswer() {
    var third = HOSTS.get(2);
    third.root("mv " + ETCD + " " + AWAY);
    third.await(Duration.ofSeconds(90), "! " + READY);
    var before = HOSTS.stream().map(host -> host.tree("/etc")).toList();

    var run = belay(Map.of(), "apply", PLAYBOOK, "-y");

    assertThat(HOSTS.stream().map(host -> host.tree("/etc")).toList()).isEqualTo(before);
    third.root("mv " + AWAY + " " + ETCD);
    third.await(Duration.ofSeconds(120), READY);
    tell("the third API server is down", run, outcome());
    assertThat(run.exit()).as(run.output()).isEqualTo(5);
    assertThat(run.output()).contains("nothing was begun on any host", "lab-test-three");
    assertThat(outcome()).containsOnly("as before");
  }

  @Test
  @Order(2)
  void stopsAtTheHostWhoseApiServerDoesNotComeBack() {
    var second = HOSTS.get(1);
    var manifest = second.root("sha256sum " + LabHost.MANIFEST);
    second.root("mkdir -p -m 700 %1$s && mount -t tmpfs -o ro,mode=700 tmpfs %1$s".formatted(LOGS));

    var run = belay(Map.of(), "apply", PLAYBOOK, "-y");

    second.root("umount " + LOGS);
    second.await(Duration.ofSeconds(60), READY);
    tell("the second API server cannot write its log", run, outcome());
    assertThat(run.exit()).as(run.output()).isEqualTo(3);
    assertThat(outcome()).containsExactly("audits", "as before", "as before");
    assertThat(second.root("sha256sum " + LabHost.MANIFEST)).isEqualTo(manifest);
    assertThat(run.output()).contains("the run ended at lab-test-two");
    HOSTS.forEach(LabHost::assertClean);
  }

  @Test
  @Order(3)
  void auditsOneAfterTheOther() {
    var run = belay(Map.of(), "apply", PLAYBOOK, "-y");

    tell("all are well", run, outcome());
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(outcome()).containsOnly("audits");
  }

  @Test
  @Order(4)
  void secondApplyChangesNothing() {
    var processes = HOSTS.stream().map(LabHost::apiServerProcess).toList();

    var run = belay(Map.of(), "apply", PLAYBOOK, "-y");

    assertThat(run.well()).contains("changed=0").doesNotContain("changed=1");
    assertThat(HOSTS.stream().map(LabHost::apiServerProcess).toList()).isEqualTo(processes);
  }
}

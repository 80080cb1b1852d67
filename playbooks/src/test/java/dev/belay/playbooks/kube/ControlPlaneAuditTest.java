package dev.belay.playbooks.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.kube.Readiness;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunSettings;
import dev.belay.core.run.Runner;
import dev.belay.playbooks.kube.ControlPlaneAudit.Settings;
import dev.belay.testkit.TestConnector;
import dev.belay.testkit.host.EmbeddedHost;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlPlaneAuditTest {

  private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
  private static final Readiness SOON =
      new Readiness(Duration.ofSeconds(40), Duration.ofSeconds(1));

  private final List<RunEvent> events = new ArrayList<>();
  private EmbeddedHost host;

  @BeforeEach
  void startHost() throws IOException {
    host = EmbeddedHost.start();
  }

  @AfterEach
  void endHost() {
    host.close();
  }

  private static Settings settings() {
    return Settings.usual("all").audit(AuditSettings.usual().ready(SOON));
  }

  private Recap run(Settings settings, boolean apply) {
    events.clear();
    return new Runner(TestConnector.to(host), events::add)
        .run(
            ControlPlaneAudit.playbook(settings),
            Inventory.literal("cp1,"),
            Optional.empty(),
            new RunSettings(apply, 1, Set.of(), Set.of(), "test"));
  }

  private Recap apply(Settings settings) {
    Recap recap = run(settings, true);
    assertThat(events).noneMatch(RunEvent.Failed.class::isInstance);
    return recap;
  }

  private String flags() {
    return host.run(
        "for c in /proc/[0-9]*/comm; do read -r n <$c || continue;"
            + " [ \"$n\" = kube-apiserver ] && tr '\\0' '\\n' <${c%comm}cmdline; done; :");
  }

  @Test
  void auditsAndAlertsAndThenHasNothingToDo() {
    Settings bounded =
        settings().audit(AuditSettings.usual().ready(SOON).retention(LogRetention.CIS_MINIMUM));
    apply(bounded);
    assertThat(flags())
        .contains("--audit-policy-file=/etc/kubernetes/audit-policy.yaml")
        .contains("--audit-log-maxage=30", "--audit-log-maxbackup=10", "--audit-log-maxsize=100");
    assertThat(host.run("cat /var/log/kubernetes/audit/audit.log")).contains("audit.k8s.io/v1");
    assertThat(host.run("cat /etc/falco/falco.yaml"))
        .contains("file_output:\n  enabled: true\n  keep_alive: false\n  filename: /opt/falco.log")
        .contains("http_output:\n  enabled: false");
    assertThat(host.run("systemctl is-active falco-modern-bpf")).contains("active");
    assertThat(run(bounded, false).hosts().get("cp1").wouldChange()).isZero();
    assertThat(events)
        .filteredOn(RunEvent.TaskEnded.class::isInstance)
        .allMatch(event -> ((RunEvent.TaskEnded) event).status() == RunEvent.Status.OK);
  }

  @Test
  void leavesFalcoYamlAloneWhereADropInDoes() {
    apply(settings().falco(FalcoSettings.usual()));
    String edited = host.run("cat /etc/falco/falco.yaml");
    apply(settings().falco(FalcoSettings.usual().preferDropIn()));
    assertThat(host.run("cat /etc/falco/config.d/50-belay-file-output.yaml"))
        .isEqualTo(
            "file_output:\n  enabled: true\n  keep_alive: false\n  filename: /opt/falco.log\n");
    assertThat(host.run("cat /etc/falco/falco.yaml")).isEqualTo(edited);
  }

  @Test
  void restartsTheApiServerWhenOnlyThePolicyChanges() {
    apply(settings());
    String before = host.run("cat " + MANIFEST);
    var other =
        dev.belay.core.builtin.kube.audit.Policy.policy(
            dev.belay.core.builtin.kube.audit.Rule.rule(
                dev.belay.core.builtin.kube.audit.Level.REQUEST));
    Recap recap = apply(settings().audit(AuditSettings.usual().policy(other).ready(SOON)));
    assertThat(recap.hosts().get("cp1").changed()).isEqualTo(2);
    assertThat(host.run("cat " + MANIFEST)).isNotEqualTo(before).contains("--audit-policy-file");
  }

  @Test
  void goesBackToTheByteWhenTheApiServerDoesNotStart() {
    String before = host.run("cat " + MANIFEST + "; stat -c '%a %U %y' " + MANIFEST);
    Readiness brief = new Readiness(Duration.ofSeconds(8), Duration.ofSeconds(1));
    Recap recap =
        run(settings().audit(AuditSettings.usual().ready(brief).flag("no-such-flag", "x")), true);
    assertThat(ExitCode.of(recap, false)).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(host.run("cat " + MANIFEST + "; stat -c '%a %U %y' " + MANIFEST)).isEqualTo(before);
    assertThat(host.run("ls /etc/kubernetes")).doesNotContain("audit-policy.yaml");
    assertThat(host.run("kubectl get --raw /readyz")).contains("ok");
    assertThat(events)
        .filteredOn(RunEvent.Failed.class::isInstance)
        .singleElement()
        .satisfies(
            failed ->
                assertThat(((RunEvent.Failed) failed).diagnosis().toString())
                    .contains("unknown flag: --no-such-flag"));
  }
}

package dev.belay.playbooks.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.inventory.Inventory;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunSettings;
import dev.belay.core.run.Runner;
import dev.belay.playbooks.kube.IncidentReport.Settings;
import dev.belay.testkit.TestConnector;
import dev.belay.testkit.host.EmbeddedHost;
import dev.belay.testkit.host.IncidentLogs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncidentReportTest {

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

  private Recap run(boolean apply) {
    events.clear();
    return new Runner(TestConnector.to(host), events::add)
        .run(
            IncidentReport.playbook(Settings.usual("all")),
            Inventory.literal("cp1,"),
            Optional.empty(),
            new RunSettings(apply, 1, Set.of(), Set.of(), "test"));
  }

  private List<String> files() {
    return host.run("cat /opt/blacklist_users /opt/compromised_pods").lines().toList();
  }

  @Test
  void writesWhatTheChallengeAsksFor() {
    host.run(IncidentLogs.arrange());
    assertThat(run(false).hosts().get("cp1").wouldChange()).isEqualTo(2);
    assertThat(events)
        .filteredOn(RunEvent.Found.class::isInstance)
        .extracting(event -> ((RunEvent.Found) event).finding().rows().get(0).get(0))
        .containsExactly("agent-smith", "eden-prime");
    assertThat(host.run("ls /opt")).doesNotContain("blacklist", "compromised");
    assertThat(run(true).hosts().get("cp1").changed()).isEqualTo(2);
    assertThat(files())
        .containsExactly(
            "agent-smith,important_role_do_not_delete,important_binding_do_not_delete",
            "eden-prime,eden-software2");
    assertThat(host.run("cat /opt/blacklist_users /opt/compromised_pods")).endsWith("2\n");
    assertThat(run(false).hosts().get("cp1").wouldChange()).isZero();
  }

  @Test
  void saysThatThereIsNothingToReadYet() {
    assertThat(run(false).hosts().get("cp1").mayChange()).isEqualTo(2);
    run(true);
    assertThat(events)
        .filteredOn(RunEvent.Failed.class::isInstance)
        .first()
        .asString()
        .contains("there is no log /var/log/kubernetes/audit/audit.log yet");
  }

  @Test
  void readsALogOfManyPartsToItsEnd() {
    host.run(IncidentLogs.arrange());
    // a log of several stretches: lines of other namespaces around those that matter
    host.run(
        "cd /var/log/kubernetes/audit && cp audit.log one && { i=0; while [ $i -lt 40 ]; do"
            + " head -c 900000 /dev/zero | tr '\\0' 'x'; echo; i=$((i+1)); done; echo;"
            + " head -n 5 one; } > audit.log && rm one");
    run(true);
    assertThat(files().get(0)).startsWith("agent-smith,");
  }
}

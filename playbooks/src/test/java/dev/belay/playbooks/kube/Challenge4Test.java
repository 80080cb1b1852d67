package dev.belay.playbooks.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.change.Diff;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunSettings;
import dev.belay.core.run.Runner;
import dev.belay.playbooks.kube.Challenge4.Settings;
import dev.belay.testkit.TestConnector;
import dev.belay.testkit.host.ClusterObjects;
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

class Challenge4Test {

  private static final String OBJECTS = "cd /var/lib/etcd/belay && ls";
  private static final List<String> GUILTY =
      List.of(
          "pods@eden-prime@eden-software2",
          "rolebindings@citadel@important_binding_do_not_delete",
          "roles@citadel@important_role_do_not_delete");

  private final List<RunEvent> events = new ArrayList<>();
  private EmbeddedHost host;

  @BeforeEach
  void startHost() throws IOException {
    host = EmbeddedHost.start();
    host.run(ClusterObjects.challenge4().arrange());
  }

  @AfterEach
  void endHost() {
    host.close();
  }

  private Recap run(boolean apply) {
    return run(Challenge4.playbook(Settings.usual("all")), apply);
  }

  private Recap run(Playbook playbook, boolean apply) {
    events.clear();
    return new Runner(TestConnector.to(host), events::add)
        .run(
            playbook,
            Inventory.literal("cp1,"),
            Optional.empty(),
            new RunSettings(apply, 1, Set.of(), Set.of(), "test"));
  }

  private List<String> objects() {
    return host.run(OBJECTS).lines().toList();
  }

  private RunEvent.TaskEnded task(String name) {
    return events.stream()
        .filter(RunEvent.TaskEnded.class::isInstance)
        .map(RunEvent.TaskEnded.class::cast)
        .filter(event -> event.task().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void deletesTheGuiltyAndNothingElseAndBringsThemBack() {
    host.run(IncidentLogs.arrange());
    run(ControlPlaneAudit.playbook(ControlPlaneAudit.Settings.usual("all")), true);
    List<String> before = objects();

    run(false);
    assertThat(objects()).isEqualTo(before);
    assertThat(task("compromised pods are gone").diffs())
        .singleElement()
        .isInstanceOfSatisfying(
            Diff.Text.class,
            diff -> assertThat(diff.subject()).isEqualTo("Pod eden-prime/eden-software2"));
    assertThat(task("the culprit's binding and role are gone").summaries())
        .containsExactly(
            "delete RoleBinding citadel/important_binding_do_not_delete",
            "delete Role citadel/important_role_do_not_delete");
    assertThat(task("the culprit cannot do it again").status())
        .isEqualTo(RunEvent.Status.MAY_CHANGE);

    run(true);
    assertThat(events).noneMatch(RunEvent.Failed.class::isInstance);
    List<String> kept = new ArrayList<>(before);
    kept.removeAll(GUILTY);
    assertThat(objects()).isEqualTo(kept);
    assertThat(host.run("cat /opt/blacklist_users /opt/compromised_pods").lines())
        .containsExactly(
            "agent-smith,important_role_do_not_delete,important_binding_do_not_delete",
            "eden-prime,eden-software2");

    Recap again = run(true);
    assertThat(again.hosts().get("cp1").changed()).isZero();

    events.clear();
    new Runner(TestConnector.to(host), events::add)
        .rollback(
            Inventory.literal("cp1,").hosts(),
            Optional.empty(),
            true,
            new RunSettings(true, 1, Set.of(), Set.of(), "test"));
    assertThat(events).noneMatch(RunEvent.Failed.class::isInstance);
    assertThat(objects()).isEqualTo(before);
  }

  @Test
  void saysThatItMayChangeWhatNobodyCanKnowYet() {
    Recap checked = run(false);
    assertThat(events).noneMatch(RunEvent.Failed.class::isInstance);
    assertThat(task("the culprit's binding and role are gone").status())
        .isEqualTo(RunEvent.Status.MAY_CHANGE);
    assertThat(checked.hosts().get("cp1").mayChange()).isGreaterThan(3);
  }
}

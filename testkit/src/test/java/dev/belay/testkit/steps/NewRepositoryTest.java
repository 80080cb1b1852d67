package dev.belay.testkit.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.pkg.PackageNames;
import dev.belay.core.builtin.pkg.RepositoryName;
import dev.belay.core.builtin.service.UnitNames;
import dev.belay.core.builtin.yaml.YamlKeys;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunEvent.Status;
import dev.belay.core.run.RunSettings;
import dev.belay.core.run.Runner;
import dev.belay.core.step.Handler;
import dev.belay.testkit.HostKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A package that comes from a repository the same playbook adds, on a host that never had either.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class NewRepositoryTest {

  private static final UnitNames FALCO =
      UnitNames.of("falco-modern-bpf", "falco-kmod", "falco-custom", "falco");
  private static final Inventory INVENTORY = Inventory.literal("cp1,");

  private HostKind.Started host;

  @BeforeEach
  void startHost() {
    host = HostKind.EMBEDDED.start(false);
    host.inside()
        .run(
            "mv /etc/apt/sources.list.d/belay-standin.list /root; rm -rf /var/lib/apt/lists/*;"
                + " touch -d '2 days ago' /var/lib/apt/lists");
  }

  @AfterEach
  void endHost() {
    host.close();
  }

  private static Playbook playbook(String file) {
    return new Playbook(
        "falco",
        List.of(
            Play.of("falco")
                .tasks(
                    new RepositoryName("standin")
                        .from("file:/srv/belay-standin/apt", "./")
                        .unsigned(),
                    PackageNames.of("falco").installed(),
                    new YamlKeys(RemotePath.of("/etc/falco/falco.yaml"))
                        .set("file_output.enabled", true)
                        .set("file_output.filename", file)
                        .notifies(new Handler("restart falco", FALCO.restarted())),
                    FALCO.running().enabled())));
  }

  private List<RunEvent> run(Playbook playbook, boolean apply) {
    List<RunEvent> events = new ArrayList<>();
    new Runner(host.connector(), events::add)
        .run(
            playbook,
            INVENTORY,
            Optional.empty(),
            new RunSettings(apply, 1, Set.of(), Set.of(), "new-repository@test"));
    return events;
  }

  private static List<Status> statuses(List<RunEvent> events) {
    return events.stream()
        .filter(RunEvent.TaskEnded.class::isInstance)
        .map(event -> ((RunEvent.TaskEnded) event).status())
        .toList();
  }

  @Test
  void saysWhatItCannotKnowThenInstallsAllAndTakesItBack() {
    assertThat(statuses(run(playbook("/opt/falco.log"), false)))
        .containsExactly(
            Status.WOULD_CHANGE,
            Status.MAY_CHANGE,
            Status.MAY_CHANGE,
            Status.MAY_CHANGE,
            Status.MAY_CHANGE); // the last is the handler
    List<RunEvent> applied = run(playbook("/opt/falco.log"), true);
    assertThat(applied).noneMatch(RunEvent.Failed.class::isInstance);
    assertThat(statuses(applied)).contains(Status.CHANGED).doesNotContain(Status.MAY_CHANGE);
    assertThat(host.inside().run("systemctl is-active falco; dpkg -s falco; ls /opt/falco.log"))
        .startsWith("active")
        .contains("Status: install ok installed");
    assertThat(statuses(run(playbook("/opt/falco.log"), true))).containsOnly(Status.OK);
    List<RunEvent> back = new ArrayList<>();
    new Runner(host.connector(), back::add)
        .rollback(
            INVENTORY.hosts(),
            Optional.empty(),
            true,
            new RunSettings(true, 1, Set.of(), Set.of(), "new-repository@test"));
    assertThat(back).noneMatch(RunEvent.Failed.class::isInstance);
    assertThat(
            host.inside()
                .run("dpkg -s falco 2>&1; ls /etc/falco /etc/apt/sources.list.d; pgrep falco; :"))
        .contains("not installed")
        .doesNotContain("standin.list");
  }

  @Test
  void failsWithTheServicesLastWordsWhenItDiesAfterItsStart() {
    List<RunEvent> events = run(playbook("/nowhere/falco.log"), true);
    assertThat(events.toString()).contains("falco-modern-bpf.service is activating");
  }
}

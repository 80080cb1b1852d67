package dev.belay.testkit.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.falco.Alerts;
import dev.belay.core.builtin.falco.FalcoPartFact;
import dev.belay.core.builtin.falco.FalcoReport;
import dev.belay.core.builtin.falco.PodRef;
import dev.belay.core.builtin.kube.remedy.CompromisedPods;
import dev.belay.core.builtin.log.LogFileFact;
import dev.belay.core.builtin.log.LogPart;
import dev.belay.core.change.Change;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import dev.belay.testkit.host.ClusterObjects;
import dev.belay.testkit.host.IncidentLogs;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompromisedPodsAbsentTest implements StepContract {

  @Override
  public PlayItem item() {
    return new CompromisedPods(Incident.ALERTS).absent();
  }

  @Override
  public boolean kubernetes() {
    return true;
  }

  @Override
  public String arrange() {
    return IncidentLogs.arrange() + " && " + ClusterObjects.challenge4().arrange();
  }

  @Override
  public FakeHost fakeHost() {
    return host("14:08:46.410428958");
  }

  private static FakeHost host(String last) {
    LogPart part = new LogPart(Incident.FALCO, 7, 0, OptionalLong.empty(), false);
    FalcoReport.Compromised pod =
        new FalcoReport.Compromised(
            new PodRef("eden-prime", "eden-software2"), new Alerts(2, "1", last, List.of()));
    FakeHost host =
        new FakeHost()
            .with(new LogFileFact(Incident.FALCO), List.of(part))
            .with(
                new FalcoPartFact(part, Incident.ALERTS.wanted()),
                new FalcoReport(List.of(pod), List.of(), new FalcoReport.Lines(2, 0, 0, 0)));
    return Incident.there(
        host,
        ObjectRef.of(ObjectKind.POD, "eden-prime", "eden-software2"),
        "2022-06-23T13:00:00Z",
        "");
  }

  @Override
  public String proof() {
    return "cd /var/lib/etcd/belay && [ \"$(echo pods@*)\" = 'pods@eden-prime@eden-software1"
        + " pods@eden-prime@eden-software3 pods@omega@omega-app' ]";
  }

  @Override
  public List<String> leavesBehind() {
    return List.of("/var/lib/etcd");
  }

  @ParameterizedTest
  @CsvSource({
    "14:08:46.410428958, 1",
    "2022-06-23T12:59:59.999999999Z, 0",
    "2022-06-23T13:00:00.000000000Z, 1",
    "2022-06-23T12:59:59.999999999+0000, 0",
    "2022-06-23T15:00:00.1+0200, 1",
    "<NA>, 1"
  })
  void sparesAPodThatIsYoungerThanTheLastAlert(String last, int deleted) {
    Playbook playbook = new Playbook("p", List.of(Play.of("p").tasks(item())));
    PlannedTask planned = host(last).check(playbook).get(0);
    assertThat(planned.changes()).extracting(Change::summary).hasSize(deleted);
    assertThat(planned.warnings()).hasSize(1 - deleted);
  }
}

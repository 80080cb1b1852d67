package dev.belay.testkit.steps;

import dev.belay.core.builtin.falco.Alerts;
import dev.belay.core.builtin.falco.FalcoPartFact;
import dev.belay.core.builtin.falco.FalcoReport;
import dev.belay.core.builtin.falco.FalcoSearch;
import dev.belay.core.builtin.falco.PodRef;
import dev.belay.core.builtin.log.LogFileFact;
import dev.belay.core.builtin.log.LogPart;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import dev.belay.testkit.host.IncidentLogs;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class CompromisedPodsFileTest implements StepContract {

  private static final RemotePath LOG = RemotePath.of("/opt/falco.log");
  private static final FalcoSearch SEARCH = FalcoSearch.packages(LOG);
  private static final LogPart PART = new LogPart(LOG, 7, 0, OptionalLong.empty(), false);
  private static final Alerts SOME = new Alerts(2, "1", "2", List.of());

  @Override
  public PlayItem item() {
    return SEARCH.writtenTo("/opt/compromised_pods");
  }

  @Override
  public String arrange() {
    return IncidentLogs.arrange();
  }

  @Override
  public FakeHost fakeHost() {
    FalcoReport.Compromised pod =
        new FalcoReport.Compromised(new PodRef("eden-prime", "eden-software2"), SOME);
    return host(new FalcoReport(List.of(pod), List.of(), new FalcoReport.Lines(2, 0, 0, 0)));
  }

  @Override
  public String proof() {
    return "[ \"$(cat /opt/compromised_pods)\" = eden-prime,eden-software2 ]";
  }

  private static FakeHost host(FalcoReport report) {
    return new FakeHost()
        .with(new LogFileFact(LOG), List.of(PART))
        .with(new FalcoPartFact(PART, SEARCH.wanted()), report);
  }

  @Test
  void warnsOfContainersWhosePodNobodyKnows() {
    FalcoReport.Unmapped lost = new FalcoReport.Unmapped("0123456789ab", "nginx", SOME);
    FalcoReport report =
        new FalcoReport(List.of(), List.of(lost), new FalcoReport.Lines(2, 0, 0, 0));
    PlannedTask planned =
        host(report).check(new Playbook("p", List.of(Play.of("p").tasks(item())))).get(0);
    Assertions.assertThat(planned.outcome()).isInstanceOf(Outcome.Ok.class);
    Assertions.assertThat(planned.warnings())
        .singleElement()
        .asString()
        .contains("0123456789ab (nginx)");
  }
}

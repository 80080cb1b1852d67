package dev.belay.testkit.steps;

import dev.belay.core.builtin.kube.incident.AuditPartFact;
import dev.belay.core.builtin.kube.incident.AuditReport;
import dev.belay.core.builtin.kube.incident.AuditSearch;
import dev.belay.core.builtin.kube.incident.Grant;
import dev.belay.core.builtin.kube.incident.RbacReason;
import dev.belay.core.builtin.kube.incident.Suspect;
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
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlacklistFileTest implements StepContract {

  private static final RemotePath LOG = RemotePath.of("/var/log/kubernetes/audit/audit.log");
  private static final AuditSearch SEARCH =
      new AuditSearch.WithoutNamespace(LOG).namespace("citadel");
  private static final LogPart PART = new LogPart(LOG, 7, 0, OptionalLong.empty(), false);
  private static final Grant GRANT =
      RbacReason.parse("RBAC: allowed by RoleBinding \"b/citadel\" of Role \"r\" to User \"u\"");

  @Override
  public PlayItem item() {
    return SEARCH.writtenTo("/opt/blacklist_users");
  }

  @Override
  public String arrange() {
    return IncidentLogs.arrange();
  }

  @Override
  public FakeHost fakeHost() {
    return host(suspect("agent-smith", GRANT, 4));
  }

  @Override
  public String proof() {
    return "[ \"$(cat /opt/blacklist_users)\" ="
        + " agent-smith,important_role_do_not_delete,important_binding_do_not_delete ]";
  }

  private static Suspect suspect(String actor, Grant grant, long requests) {
    return new Suspect(
        actor,
        grant,
        new Suspect.Activity(requests, 2, Optional.empty(), Optional.empty(), List.of()),
        List.of(),
        List.of());
  }

  private static FakeHost host(Suspect... suspects) {
    AuditReport report =
        new AuditReport(
            "citadel", List.of(suspects), new AuditReport.Lines(suspects.length, 0, 0, 0, 0));
    return new FakeHost()
        .with(new LogFileFact(LOG), List.of(PART))
        .with(new AuditPartFact(PART, SEARCH), report);
  }

  private PlannedTask check(FakeHost host) {
    return host.check(new Playbook("p", List.of(Play.of("p").tasks(item())))).get(0);
  }

  @Test
  void writesUnknownForWhatTheLogDoesNotTell() {
    FakeHost host = host(suspect("neo", new Grant.Unknown("no reason"), 1));
    host.apply(new Playbook("p", List.of(Play.of("p").tasks(item()))));
    Assertions.assertThat(host.at("/opt/blacklist_users").signature())
        .isEqualTo(
            new FakeHost()
                .file("/opt/blacklist_users", "0644", "neo,unknown,unknown\n")
                .at("/opt/blacklist_users")
                .signature());
    Assertions.assertThat(check(host).warnings())
        .contains("role and binding are unknown: no reason");
  }

  @Test
  void leavesTheFileAloneWhenNobodyIsFound() {
    PlannedTask planned = check(host());
    Assertions.assertThat(planned.outcome()).isInstanceOf(Outcome.Ok.class);
    Assertions.assertThat(planned.warnings()).singleElement().asString().startsWith("nobody");
  }

  @Test
  void refusesToGuessBetweenTwo() {
    PlannedTask planned = check(host(suspect("a", GRANT, 3), suspect("b", GRANT, 3)));
    Assertions.assertThat(planned.outcome()).isInstanceOf(Outcome.Fails.class);
    Assertions.assertThat(planned.outcome().toString()).contains("a (3 requests", "b (3 requests");
  }

  @Test
  void mayChangeAsLongAsThereIsNoLog() {
    Assertions.assertThat(check(new FakeHost()).outcome()).isInstanceOf(Outcome.MayChange.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b",
        "a\nb",
        "a\rb",
        "a\"b",
        " a",
        "a\t",
        "a\u0000",
        "a\u202eb",
        "\u2028",
        "a\u001b[2J"
      })
  void refusesNamesThatWouldSaySomethingElse(String name) {
    PlannedTask planned = check(host(suspect(name, GRANT, 3)));
    Assertions.assertThat(planned.outcome()).isInstanceOf(Outcome.Fails.class);
    Assertions.assertThat(planned.changes()).isEmpty();
    Outcome.Fails fails = (Outcome.Fails) planned.outcome();
    Assertions.assertThat(fails.problem().got())
        .doesNotContain("\n", "\u001b", "\u202e")
        .contains("a name found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a'b", "$(id)", "`id`", "../../etc/passwd", "a;b|c&d", "système:admin", "a b"})
  void writesOtherNamesAsTheyAre(String name) {
    FakeHost host = host(suspect(name, GRANT, 3));
    host.apply(new Playbook("p", List.of(Play.of("p").tasks(item()))));
    Assertions.assertThat(host.at("/opt/blacklist_users").signature())
        .isEqualTo(
            new FakeHost()
                .file("/opt/blacklist_users", "0644", name + ",r,b\n")
                .at("/opt/blacklist_users")
                .signature());
  }
}

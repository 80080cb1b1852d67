package dev.belay.testkit.steps;

import static dev.belay.core.fact.object.ObjectKind.CLUSTER_ROLE_BINDING;
import static dev.belay.core.fact.object.ObjectKind.ROLE;
import static dev.belay.core.fact.object.ObjectKind.ROLE_BINDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.kube.remedy.Culprit;
import dev.belay.core.change.Change;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectListFact;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import dev.belay.testkit.host.ClusterObjects;
import dev.belay.testkit.host.IncidentLogs;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CulpritGrantAbsentTest implements StepContract {

  private static final ObjectRef BINDING = ObjectRef.of(ROLE_BINDING, "citadel", "b");
  private static final ObjectRef ROLE_REF = ObjectRef.of(ROLE, "citadel", "r");
  private static final String REASON =
      "RBAC: allowed by RoleBinding \"b/citadel\" of Role \"r\" to User \"agent-smith\"";
  private static final String OLD = "2022-06-23T13:00:00Z";
  private static final String SMITH =
      ",\"roleRef\":{\"kind\":\"Role\",\"name\":\"r\"},\"subjects\":[{\"kind\":\"User\",\"name\":\"agent-smith\"}]";

  @Override
  public PlayItem item() {
    return new Culprit(Incident.SEARCH).grantAbsent();
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
    return host(OLD, SMITH);
  }

  private static FakeHost host(String made, String rest, ObjectContent... others) {
    FakeHost host = Incident.host("agent-smith", REASON);
    Incident.there(host, BINDING, made, rest);
    Incident.there(host, ROLE_REF, OLD, "");
    return host.with(
        new ObjectListFact(Kubectl.ADMIN, ROLE_BINDING, Optional.of("citadel")), List.of(others));
  }

  @Override
  public String proof() {
    return "cd /var/lib/etcd/belay && [ \"$(ls | grep -c citadel)\" = 3 ] && [ -e"
        + " roles@citadel@webapp-viewer ] && [ -e rolebindings@citadel@webapp-viewer ]";
  }

  @Override
  public List<String> leavesBehind() {
    return List.of("/var/lib/etcd");
  }

  private PlannedTask check(FakeHost host) {
    return host.check(new Playbook("p", List.of(Play.of("p").tasks(item())))).get(0);
  }

  @Test
  void deletesTheBindingBeforeTheRole() {
    assertThat(check(fakeHost()).changes())
        .extracting(Change::summary)
        .containsExactly("delete RoleBinding citadel/b", "delete Role citadel/r");
  }

  @Test
  void refusesABindingThatServesOthersToo() {
    String shared = SMITH.replace("]", ",{\"kind\":\"User\",\"name\":\"trinity\"}]");
    Outcome outcome = check(host(OLD, shared)).outcome();
    assertThat(outcome).isInstanceOf(Outcome.Fails.class);
    assertThat(((Outcome.Fails) outcome).problem().got()).contains("User trinity");
  }

  @Test
  void keepsARoleThatOthersNeed() {
    ObjectRef other = ObjectRef.of(ROLE_BINDING, "citadel", "other");
    PlannedTask planned = check(host(OLD, SMITH, Incident.content(other, OLD, SMITH)));
    assertThat(planned.changes())
        .extracting(Change::summary)
        .containsExactly("delete RoleBinding citadel/b");
    assertThat(planned.warnings()).singleElement().asString().contains("RoleBinding other");
  }

  @Test
  void keepsABindingThatWasMadeAfterTheEvidence() {
    PlannedTask planned = check(host("2022-06-23T13:40:01Z", SMITH));
    assertThat(planned.changes())
        .extracting(Change::summary)
        .doesNotContain("delete RoleBinding citadel/b");
    assertThat(planned.warnings()).anyMatch(text -> text.startsWith("RoleBinding citadel/b stays"));
  }

  @Test
  void keepsEveryClusterRole() {
    String reason =
        "RBAC: allowed by ClusterRoleBinding \"b\" of ClusterRole \"admin\" to User \"agent-smith\"";
    FakeHost host = Incident.host("agent-smith", reason);
    Incident.there(host, ObjectRef.of(CLUSTER_ROLE_BINDING, "b"), OLD, SMITH);
    PlannedTask planned = check(host);
    assertThat(planned.changes())
        .extracting(Change::summary)
        .containsExactly("delete ClusterRoleBinding b");
    assertThat(planned.warnings()).singleElement().asString().startsWith("ClusterRole admin stays");
  }

  @Test
  void takesNothingAwayWhereTheGrantIsUnknown() {
    PlannedTask planned = check(Incident.host("agent-smith", ""));
    assertThat(planned.changes()).isEmpty();
    assertThat(planned.warnings()).singleElement().asString().contains("not known what allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a%2fb", "a\\nb", "a\\x1b[2J", ""})
  void refusesNamesThatNoBindingCanHave(String name) {
    String reason = REASON.replace("\"b/citadel\"", "\"" + name + "/citadel\"");
    PlannedTask planned = check(Incident.host("agent-smith", reason));
    assertThat(planned.changes()).isEmpty();
    assertThat(planned.outcome()).isNotInstanceOf(Outcome.WouldChange.class);
  }

  @Test
  void mayChangeAsLongAsThereIsNoLog() {
    assertThat(check(new FakeHost()).outcome()).isInstanceOf(Outcome.MayChange.class);
  }

  @Test
  void mayChangeAsLongAsTheClusterCannotBeAsked() {
    assertThat(check(Incident.host("agent-smith", REASON)).outcome())
        .isInstanceOf(Outcome.MayChange.class);
  }
}

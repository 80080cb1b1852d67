package dev.belay.testkit.steps;

import static dev.belay.core.fact.object.ObjectKind.DEPLOYMENT;
import static dev.belay.core.fact.object.ObjectKind.POD;
import static dev.belay.core.fact.object.ObjectKind.REPLICA_SET;
import static dev.belay.core.fact.object.ObjectKind.STATEFUL_SET;
import static dev.belay.testkit.steps.Guilty.by;
import static dev.belay.testkit.steps.Guilty.there;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.builtin.kube.remedy.GuiltyPods;
import dev.belay.core.builtin.kube.syscall.StraceFact;
import dev.belay.core.builtin.kube.syscall.Syscalls;
import dev.belay.core.change.Change;
import dev.belay.core.change.Diff;
import dev.belay.core.fact.PackageFact;
import dev.belay.core.fact.PackageState;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.step.PlayItem;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import dev.belay.testkit.host.ClusterObjects;
import dev.belay.testkit.host.WatchedContainers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two of three replicas are guilty, and the pod of a deployment; another deployment is not. */
class GuiltyOwnersAtZeroTest implements StepContract {

  private static final String APPS = "apps/v1";
  private static final String THREE = ",\"spec\":{\"replicas\":3}";

  @Override
  public PlayItem item() {
    return Guilty.PODS.ownersScaledToZero();
  }

  @Override
  public boolean kubernetes() {
    return true;
  }

  @Override
  public String arrange() {
    return ClusterObjects.namespaces("team-red")
            .statefulSet("team-red", "trio", 3)
            .replicated("team-red", "web", 2)
            .replicated("team-red", "good", 1)
            .arrange()
        + " && "
        + WatchedContainers.NONE
            .idle("team-red", "trio-0", "c")
            .killing("team-red", "trio-1", "c")
            .killing("team-red", "trio-2", "c")
            .killing("team-red", "web-5d9-1", "c")
            .idle("team-red", "good-5d9-0", "c")
            .arrange();
  }

  @Override
  public FakeHost fakeHost() {
    FakeHost host = Guilty.host("trio-1", "trio-2", "web-5d9-1");
    there(host, POD, "trio-1", by(APPS, "StatefulSet", "trio"), "");
    there(host, POD, "trio-2", by(APPS, "StatefulSet", "trio"), "");
    there(host, POD, "web-5d9-1", by(APPS, "ReplicaSet", "web-5d9"), "");
    there(host, REPLICA_SET, "web-5d9", by(APPS, "Deployment", "web"), THREE);
    there(host, DEPLOYMENT, "web", "", THREE);
    return there(host, STATEFUL_SET, "trio", "", THREE);
  }

  @Override
  public String proof() {
    return "cd /var/lib/etcd/belay && [ \"$(grep -l '\"replicas\":0' * | tr '\\n' ' ')\" ="
        + " 'deployments@team-red@web statefulsets@team-red@trio ' ]"
        + " && [ \"$(echo pods*)\" = pods@team-red@good-5d9-0 ]";
  }

  /** What etcd holds differs in version and generation afterwards. */
  @Override
  public List<String> leavesBehind() {
    return List.of("/var/lib/etcd");
  }

  private PlannedTask check(FakeHost host) {
    return Guilty.check(host, item());
  }

  @Test
  void scalesEachTopmostOwnerOnce() {
    PlannedTask planned = check(fakeHost());
    assertThat(planned.changes())
        .extracting(Change::summary)
        .containsExactly(
            "scale StatefulSet team-red/trio from 3 to 0",
            "scale Deployment team-red/web from 3 to 0");
    assertThat(planned.changes().get(0).diff().get(0))
        .isInstanceOfSatisfying(
            Diff.Text.class,
            diff -> {
              String before = diff.before().orElseThrow().text().orElseThrow();
              assertThat(before).contains("replicas: 3");
              assertThat(diff.after().orElseThrow().text().orElseThrow())
                  .isEqualTo(before.replace("replicas: 3", "replicas: 0"));
            });
    assertThat(planned.warnings())
        .contains(
            "StatefulSet team-red/trio: all of its 3 pods go, also those not seen to call it");
  }

  @Test
  void leavesAnOwnerThatStandsAtZero() {
    FakeHost host = Guilty.host("trio-1");
    there(host, POD, "trio-1", by(APPS, "StatefulSet", "trio"), "");
    there(host, STATEFUL_SET, "trio", "", ",\"spec\":{\"replicas\":0}");
    assertThat(check(host).outcome()).isInstanceOf(Outcome.Ok.class);
  }

  @Test
  void scalesAReplicaSetThatNothingOwns() {
    FakeHost host = Guilty.host("alone-1");
    there(host, POD, "alone-1", by(APPS, "ReplicaSet", "alone"), "");
    there(host, REPLICA_SET, "alone", "", THREE);
    assertThat(check(host).changes())
        .extracting(Change::summary)
        .containsExactly("scale ReplicaSet team-red/alone from 3 to 0");
  }

  @Test
  void leavesAPodThatStandsForItselfAndSaysSo() {
    PlannedTask planned = check(there(Guilty.host("bare"), POD, "bare", "", ""));
    assertThat(planned.outcome()).isInstanceOf(Outcome.Ok.class);
    assertThat(planned.warnings()).anyMatch(text -> text.startsWith("Pod team-red/bare stays"));
  }

  @ParameterizedTest
  @CsvSource({
    "apps/v1, DaemonSet, nodeSelector",
    "v1, Node, static pod",
    "batch/v1, Job, suspend",
    "argoproj.io/v1alpha1, Rollout, by its own means",
    "evil.io/v1, Deployment, by its own means",
  })
  void refusesWhatHasNoNumberOfReplicas(String version, String kind, String advice) {
    FakeHost host = there(Guilty.host("p"), POD, "p", by(version, kind, "its"), "");
    assertThat(Guilty.refusal(host, item()))
        .contains("Pod team-red/p is governed by " + kind + " its", advice);
  }

  @Test
  void refusesWhatSomethingElseWouldScaleBack() {
    FakeHost host = Guilty.host("p");
    there(host, POD, "p", by(APPS, "ReplicaSet", "p"), "");
    there(host, REPLICA_SET, "p", by("argoproj.io/v1alpha1", "Rollout", "r"), THREE);
    assertThat(Guilty.refusal(host, item())).contains("Rollout r, which cannot be scaled");
  }

  @Test
  void refusesOwnersThatGoInACircle() {
    FakeHost host = Guilty.host("p");
    there(host, POD, "p", by(APPS, "ReplicaSet", "r"), "");
    there(host, REPLICA_SET, "r", by(APPS, "ReplicaSet", "r"), THREE);
    assertThat(Guilty.refusal(host, item())).contains("ReplicaSet r, which cannot be scaled");
  }

  @Test
  void leavesAnotherOwnerOfTheSameName() {
    FakeHost host = Guilty.host("p");
    there(host, POD, "p", by(APPS, "StatefulSet", "s").replace("u-s", "u-before"), "");
    there(host, STATEFUL_SET, "s", "", THREE);
    assertThat(check(host).changes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "a%2fb", "$(reboot)", "a'b", "a\\nb", "", "A"})
  void refusesNamesThatNoOwnerCanHave(String name) {
    FakeHost host = there(Guilty.host("p"), POD, "p", by(APPS, "Deployment", name), "");
    assertThat(Guilty.refusal(host, item())).contains("names an owner that cannot be");
  }

  @Test
  void changesNothingWhereNoneIsGuilty() {
    PlannedTask planned = check(Guilty.host());
    assertThat(planned.outcome()).isInstanceOf(Outcome.Ok.class);
    assertThat(planned.warnings())
        .containsExactly("no container of a pod team-red/* runs on this host");
  }

  @ParameterizedTest
  @CsvSource({"false, Fails", "true, MayChange"})
  void needsStrace(boolean planned, String outcome) {
    PackageState state =
        new PackageState(Optional.of("6.1").filter(v -> planned), Optional.empty(), false);
    FakeHost host =
        Guilty.host("p")
            .with(new StraceFact(List.of()), false)
            .with(new PackageFact("strace"), state);
    assertThat(check(host).outcome().getClass().getSimpleName()).isEqualTo(outcome);
  }

  @Test
  void refusesAWatchThatForbidsNothing() {
    assertThatThrownBy(() -> new GuiltyPods(new Syscalls("team-red", "*")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("forbids nothing");
  }
}

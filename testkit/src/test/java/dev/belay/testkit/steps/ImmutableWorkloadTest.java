package dev.belay.testkit.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.builtin.kube.immutable.ImmutableWorkload;
import dev.belay.core.builtin.kube.immutable.WritablePath;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import dev.belay.core.plan.Outcome;
import dev.belay.core.plan.PlannedTask;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.step.PlayItem;
import dev.belay.core.step.Step;
import dev.belay.testkit.FakeHost;
import dev.belay.testkit.StepContract;
import dev.belay.testkit.host.ClusterObjects;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImmutableWorkloadTest implements StepContract {

  private static final ObjectRef WEB = ObjectRef.of(ObjectKind.DEPLOYMENT, "citadel", "web");
  private static final ImmutableWorkload STEP =
      new ImmutableWorkload(Kubectl.ADMIN, WEB).writable("/tmp", "/var/cache/nginx");

  @Override
  public PlayItem item() {
    return STEP;
  }

  @Override
  public boolean kubernetes() {
    return true;
  }

  @Override
  public String arrange() {
    return ClusterObjects.challenge4().deployment("citadel", "web").arrange();
  }

  @Override
  public FakeHost fakeHost() {
    return host("", "{\"name\":\"web\"}");
  }

  private static FakeHost host(String spec, String container) {
    String json =
        "{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",\"metadata\":{\"name\":\"web\","
            + "\"namespace\":\"citadel\",\"uid\":\"u-1\",\"resourceVersion\":\"7\"},\"spec\":{"
            + spec
            + "\"selector\":{\"matchLabels\":{\"app\":\"web\"}},\"template\":{\"spec\":{"
            + "\"containers\":["
            + container
            + "]}}}}";
    return new FakeHost()
        .with(
            new ObjectFact(Kubectl.ADMIN, WEB),
            new ObjectState.Present(ObjectContent.ofJson(json)));
  }

  @Override
  public String proof() {
    return "kubectl get --raw "
        + WEB.path()
        + " | grep -q '\"readOnlyRootFilesystem\":true' && kubectl get --raw "
        + WEB.path()
        + " | grep -q '\"emptyDir\":{}'";
  }

  /** What etcd holds differs in version and generation afterwards. */
  @Override
  public List<String> leavesBehind() {
    return List.of("/var/lib/etcd");
  }

  private static PlannedTask check(Step step, FakeHost host) {
    return host.check(new Playbook("p", List.of(Play.of("p").tasks(step)))).get(0);
  }

  private static String got(Step step, FakeHost host) {
    Outcome outcome = check(step, host).outcome();
    assertThat(outcome).isInstanceOf(Outcome.Fails.class);
    return ((Outcome.Fails) outcome).problem().got();
  }

  @Test
  void plansNothingWhereARootIsReadOnlyAndPathsAreMounted() {
    FakeHost host =
        host(
            "",
            "{\"name\":\"web\",\"securityContext\":{\"readOnlyRootFilesystem\":true},"
                + "\"volumeMounts\":[{\"name\":\"a\",\"mountPath\":\"/tmp/\"},"
                + "{\"name\":\"b\",\"mountPath\":\"/var/cache/nginx\"}]}");
    assertThat(check(STEP, host).outcome()).isInstanceOf(Outcome.Ok.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"paused\":true,', paused",
    "'\"updateStrategy\":{\"type\":\"OnDelete\"},', OnDelete",
  })
  void refusesARolloutThatWouldNeverCome(String spec, String why) {
    assertThat(got(STEP, host(spec, "{\"name\":\"web\"}"))).contains(why);
  }

  @Test
  void refusesAPathThatIsMountedReadOnly() {
    String mount = "{\"name\":\"conf\",\"mountPath\":\"/tmp\",\"readOnly\":true}";
    FakeHost host = host("", "{\"name\":\"web\",\"volumeMounts\":[" + mount + "]}");
    assertThat(got(STEP, host)).contains("read-only, from volume conf");
  }

  @Test
  void refusesAContainerThatIsNotThere() {
    Step step = new ImmutableWorkload(Kubectl.ADMIN, WEB).writableIn("wb", "/tmp");
    assertThat(got(step, host("", "{\"name\":\"web\"}"))).contains("no container wb");
  }

  @Test
  void warnsOfWhatDefeatsAReadOnlyRoot() {
    FakeHost host =
        host("\"replicas\":0,", "{\"name\":\"web\",\"securityContext\":{\"privileged\":true}}");
    assertThat(check(STEP, host).warnings())
        .hasSize(2)
        .anyMatch(text -> text.contains("container web is privileged"))
        .anyMatch(text -> text.contains("no pods"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "tmp", "/tmp/../etc", "/tmp/", "/a:b", "/a b", "/.", "/$(id)", ""})
  void refusesWhatIsNoPathToWriteTo(String path) {
    assertThatThrownBy(() -> new WritablePath(Optional.empty(), path))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesHiddenDirectories() {
    assertThat(new WritablePath(Optional.empty(), "/home/app/.cache").path()).endsWith(".cache");
  }

  @Test
  void refusesKindsThatAnotherMakes() {
    ObjectRef set = ObjectRef.of(ObjectKind.REPLICA_SET, "citadel", "web-5d9");
    assertThatThrownBy(() -> new ImmutableWorkload(Kubectl.ADMIN, set))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ReplicaSet");
  }
}

package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.change.ReplaceObject;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.remote.RemotePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which changes made meanwhile an object may have that is about to be replaced. */
class ReplaceShellTest {

  private static final String CONFLICT =
      "Error from server (Conflict): Operation cannot be fulfilled on deployments.apps \"w\": the"
          + " object has been modified; please apply your changes to the latest version";

  /** Answers with the files {@code get.1}, {@code get.2} and so on; the last one stays. */
  private static final String KUBECTL =
      """
      while [ $# -gt 0 ]; do case $1 in get|replace) v=$1 ;; esac; shift; done
      n=1; while [ -e "$HOME/sent.$v.$n" ]; do n=$((n + 1)); done
      cat >"$HOME/sent.$v.$n"
      while [ ! -e "$HOME/$v.$n" ]; do n=$((n - 1)); [ $n != 0 ] || exit 1; done
      case $(head -c 1 "$HOME/$v.$n") in '{') cat "$HOME/$v.$n" ;; *) cat "$HOME/$v.$n" >&2; exit 1 ;; esac
      """;

  /** Text that Go and Jackson write in different ways, and that looks like JSON. */
  private static final String NOTE = "a/b \\u003c\\u0026\\u003e \\\",\\\"status\\\":{ ü'$(id)`";

  @TempDir Path home;

  @BeforeEach
  void giveCredentials() throws IOException {
    Files.writeString(home.resolve("conf"), "");
  }

  private static String live(int version, String writer, String ready) {
    return "{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",\"metadata\":{\"name\":\"w\","
        + "\"namespace\":\"ns\",\"uid\":\"u1\",\"resourceVersion\":\""
        + version
        + "\",\"generation\":4,\"creationTimestamp\":\"2022-06-23T13:00:00Z\","
        + "\"labels\":{\"resourceVersion\":\"5\"},\"annotations\":{\"note\":\""
        + NOTE
        + "\"},\"managedFields\":[{\"manager\":\""
        + writer
        + "\",\"fieldsV1\":{\"f:spec\":{\"k:{\\\"name\\\":\\\"c\\\"}\":{\".\":{}}}}}]},"
        + "\"spec\":{\"replicas\":3,\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\"}]}}},"
        + "\"status\":{\"readyReplicas\":"
        + ready
        + ",\"conditions\":[{\"status\":\"True\"}]}}";
  }

  private static String planned() {
    return live(5, "kubectl", "3");
  }

  private ReplaceObject change(String live) {
    ObjectContent was = ObjectContent.ofJson(live);
    return new ReplaceObject(
        new Kubectl(RemotePath.of(home + "/conf")),
        ObjectRef.of(ObjectKind.DEPLOYMENT, "ns", "w"),
        was,
        ObjectContent.ofJson(live.replace("\"replicas\":3", "\"replicas\":4")));
  }

  private HostShell.Result run(String shell, List<String> gets, List<String> replaces)
      throws IOException {
    return run(shell, change(planned()), gets, replaces);
  }

  /**
   * As an entry of the journal does it: the undo is kept, the look is taken, the change is made.
   */
  private HostShell.Result run(
      String shell, ReplaceObject change, List<String> gets, List<String> replaces)
      throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      for (Path old : files.filter(file -> file.getFileName().toString().contains(".")).toList()) {
        Files.delete(old);
      }
    }
    for (int i = 0; i < gets.size(); i++) {
      Files.writeString(home.resolve("get." + (i + 1)), gets.get(i));
    }
    for (int i = 0; i < replaces.size(); i++) {
      Files.writeString(home.resolve("replace." + (i + 1)), replaces.get(i));
    }
    HostShell host = new HostShell(shell, home).program("kubectl", KUBECTL);
    Files.writeString(home.resolve("entry/undo"), change.undo().orElseThrow());
    return host.run(
        "( "
            + change.expects().orElseThrow()
            + "\n) || exit\necho looked\n( "
            + change.perform()
            + "\n)");
  }

  private String sent(int number) throws IOException {
    return Files.readString(home.resolve("sent.replace." + number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void replacesAlthoughTheStatusChangesMeanwhile(String shell) throws IOException {
    String later = live(9, "kube-controller-manager", "2");
    HostShell.Result result =
        run(shell, List.of(planned(), later), List.of(CONFLICT, live(10, "belay", "2")));
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(sent(1)).contains("{\"resourceVersion\":\"5\",\"name\":\"w\"", "\"replicas\":4");
    assertThat(sent(2))
        .isEqualTo(sent(1).replaceFirst("resourceVersion\":\"5", "resourceVersion\":\"9"))
        .contains("\"labels\":{\"resourceVersion\":\"5\"}");
    assertThat(home.resolve("entry/made")).content().contains("\"resourceVersion\":\"10\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void goesOnFromAPlanThatIsOlderThanTheStatus(String shell) throws IOException {
    String later = live(9, "kube-controller-manager", "2");
    HostShell.Result result = run(shell, List.of(later), List.of(CONFLICT, live(10, "belay", "2")));
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
  }

  static Stream<Arguments> edits() {
    return Stream.of(
        Arguments.of("\"replicas\":3", "\"replicas\":5", "\"replicas\":3", "\"replicas\":5"),
        Arguments.of("\"labels\":{", "\"labels\":{\"a\":\"b\",", "nothing of that", "\"a\":\"b\""),
        Arguments.of("a/b ", "a/c ", "a/b", "a/c"),
        Arguments.of(
            "\"annotations\":{", "\"annotations\":{\"x\":\"y\",", "nothing", "\"x\":\"y\""),
        Arguments.of("\"generation\":4,", "\"generation\":5,", ":4", ":5"));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void refusesWhatSomebodyHasEditedSinceThePlan(
      String from, String to, String expected, String found) throws IOException {
    String edited = live(9, "kubectl-edit", "3").replace(from, to);
    for (String shell : new String[] {"dash", "bash", "busybox ash"}) {
      HostShell.Result result = run(shell, List.of(edited), List.of(CONFLICT));
      assertThat(result.exit()).as(shell).isEqualTo(JournalScript.DRIFT);
      assertThat(result.out()).as("refused before anything is intended").isEmpty();
      assertThat(home.resolve("sent.replace.1")).doesNotExist();
      String[] said = result.err().split("\nfound ");
      assertThat(said[0]).startsWith("expected ").contains(expected).doesNotContain("readyRepl");
      assertThat(said[1]).contains(found).doesNotContain("manager", "readyReplicas");
    }
  }

  @ParameterizedTest
  @MethodSource("edits")
  void refusesWhatSomebodyEditsBetweenLookAndChange(
      String from, String to, String expected, String found) throws IOException {
    String edited = live(9, "kubectl-edit", "3").replace(from, to);
    for (String shell : new String[] {"dash", "bash", "busybox ash"}) {
      HostShell.Result result = run(shell, List.of(planned(), edited), List.of(CONFLICT));
      assertThat(result.exit()).as(shell).isEqualTo(JournalScript.DRIFT);
      assertThat(result.out()).isEqualTo("looked\n");
      assertThat(result.err()).contains(expected, found, "(Conflict)");
      assertThat(home.resolve("sent.replace.2")).doesNotExist();
      assertThat(home.resolve("entry/made")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void showsNothingOfASecret(String shell) throws IOException {
    String secret =
        "{\"kind\":\"Secret\",\"metadata\":{\"uid\":\"u1\",\"resourceVersion\":\"5\",\"labels\":{}},"
            + "\"data\":{\"k\":\"Zmlyc3Q=\"}}";
    String edited = secret.replace("\"5\"", "\"6\"").replace("Zmlyc3Q=", "c2Vjb25k");
    HostShell.Result result = run(shell, change(secret), List.of(edited), List.of(CONFLICT));
    assertThat(result.exit()).isEqualTo(JournalScript.DRIFT);
    assertThat(result.err()).contains("found another").doesNotContain("Zmlyc3Q", "c2Vjb25k");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void refusesAnotherObjectOfThatName(String shell) throws IOException {
    String another = planned().replace("\"u1\"", "\"u2\"");
    HostShell.Result result = run(shell, List.of(planned(), another), List.of(CONFLICT));
    assertThat(result.exit()).isEqualTo(JournalScript.DRIFT);
    assertThat(result.err()).contains("with uid u2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void doesNotSayWhoseItIsWhereNoAnswerCame(String shell) throws IOException {
    String refused = "The connection to the server 127.0.0.1:6443 was refused";
    String ours = live(9, "belay", "3").replace("\"replicas\":3", "\"replicas\":4");
    HostShell.Result result = run(shell, List.of(planned(), ours), List.of(refused, CONFLICT));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("(Conflict)");
  }
}

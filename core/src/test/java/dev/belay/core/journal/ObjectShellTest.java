package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of object.sh, in each shell, with a kubectl that answers what a test says. */
class ObjectShellTest {

  private static final String REFUSED =
      "The connection to the server 127.0.0.1:6443 was refused - did you specify the right host?";
  private static final String MISSING = "Error from server (NotFound): pods \"p\" not found";

  /** Answers with the lines of the file named after its verb, one a call; the last one stays. */
  private static final String KUBECTL =
      """
      while [ $# -gt 0 ]; do case $1 in get|create|replace|delete) v=$1 ;; esac; shift; done
      cat >>"$HOME/sent.$v"; echo $v >>"$HOME/calls"
      a=$(head -n 1 "$HOME/answers.$v" 2>/dev/null)
      [ "$(wc -l <"$HOME/answers.$v")" -le 1 ] || { tail -n +2 "$HOME/answers.$v" >"$HOME/rest"; mv "$HOME/rest" "$HOME/answers.$v"; }
      case $a in {*) printf %s "$a" ;; *) printf '%s\\n' "$a" >&2; exit 1 ;; esac
      """;

  @TempDir Path home;

  @BeforeEach
  void giveCredentials() throws IOException {
    Files.writeString(home.resolve("conf"), "");
  }

  private void answers(String verb, String... lines) {
    try {
      Files.writeString(home.resolve("answers." + verb), String.join("\n", lines) + "\n");
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private HostShell.Result run(String shell, String script) {
    return new HostShell(shell, home).program("kubectl", KUBECTL).run(script);
  }

  private static String pod(String uid, String more) {
    return "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"uid\":\""
        + uid
        + "\",\"resourceVersion\":\"5\""
        + more
        + "}}";
  }

  private static String object(String json) {
    return "B_OBJECT='"
        + Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8))
        + "'\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void asksAgainWhileTheApiServerRefuses(String shell) {
    answers("get", REFUSED, REFUSED, pod("u1", ""));
    HostShell.Result result = run(shell, "b_objects \"$HOME/conf\" /p");
    assertThat(result.out()).startsWith("0 " + pod("u1", "").length() + "\n{");
    assertThat(new HostShell(shell, home).file("calls")).isEqualTo("get\nget\nget\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void waitsForAnApiServerThatIsAwayOnceForAll(String shell) {
    answers("get", REFUSED);
    HostShell.Result result =
        run(
            shell,
            "b_until() { b_now; B_UNTIL=$((B_NOW + 1)); B_IN=; }\n"
                + "b_objects \"$HOME/conf\" /p \"$HOME/conf\" /q \"$HOME/none\" /r");
    assertThat(result.out()).contains("refused", "there is no file");
    assertThat(result.out().split("refused", -1)).hasSize(3);
    assertThat(new HostShell(shell, home).file("calls").lines().count()).isLessThan(5);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "Unable to connect to the server: x509: certificate signed by unknown authority,1",
        "Error from server (Forbidden): pods is forbidden,1",
        "Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout,0",
        "Error from server (ServiceUnavailable): the server is currently unable,0",
        "Error from server: etcdserver: request timed out,0"
      })
  void knowsWhatPassesByItself(String said, int exit) {
    for (String shell : new String[] {"dash", "bash", "busybox ash"}) {
      assertThat(run(shell, "b_away '" + said + "'").exit()).as(shell).isEqualTo(exit);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void deletesByIdentityAndWaitsUntilItIsGone(String shell) {
    answers("delete", pod("u1", ""));
    answers("get", pod("u1", ",\"deletionTimestamp\":\"t\""), REFUSED, MISSING);
    assertThat(run(shell, "b_object_delete \"$HOME/conf\" /p u1 20").exit()).isZero();
    assertThat(new HostShell(shell, home).file("sent.delete"))
        .isEqualTo(
            "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"preconditions\":{\"uid\":\"u1\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void isContentWithWhatIsGoneAlready(String shell) {
    answers("delete", MISSING);
    answers("get", MISSING);
    assertThat(run(shell, "b_object_is \"$HOME/conf\" /p u1").exit()).isZero();
    assertThat(run(shell, "b_object_delete \"$HOME/conf\" /p u1 20").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void refusesAnotherObjectOfTheSameNameAsDrift(String shell) {
    answers("get", pod("u2", ""));
    HostShell.Result result = run(shell, "b_object_is \"$HOME/conf\" /p u1");
    assertThat(result.exit()).isEqualTo(75);
    assertThat(result.err()).contains("uid u1", "uid u2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void namesTheFinalizersThatHoldItUp(String shell) {
    answers("delete", pod("u1", ""));
    answers("get", pod("u1", ",\"deletionTimestamp\":\"t\",\"finalizers\":[\"example.com/wait\"]"));
    HostShell.Result result = run(shell, "b_object_delete \"$HOME/conf\" /p u1 1");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("still there after 1 s", "\"example.com/wait\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void saysThatSomethingMakesItAgain(String shell) {
    answers("delete", pod("u1", ""));
    answers("get", pod("u2", ""));
    assertThat(run(shell, "b_object_delete \"$HOME/conf\" /p u1 20").err())
        .contains("something has made another");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void restoresWhatWasDeletedAndOnlyOnce(String shell) {
    String clean = "{\"kind\":\"Pod\",\"a\":\"'$(id)`\\\\\\n\"}";
    answers("get", MISSING, pod("u2", ""));
    answers("create", pod("u2", ""));
    String undo = object(clean) + "b_object_restore \"$HOME/conf\" /ps /p u1 20";
    assertThat(run(shell, undo).exit()).isZero();
    assertThat(new HostShell(shell, home).file("sent.create")).isEqualTo(clean);
    assertThat(run(shell, undo).exit()).as("the undo, taken up again").isZero();
    assertThat(new HostShell(shell, home).file("sent.create")).isEqualTo(clean);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void leavesWhatWasNeverDeleted(String shell) {
    answers("get", pod("u1", ""));
    assertThat(run(shell, object("{}") + "b_object_restore \"$HOME/conf\" /ps /p u1 20").exit())
        .isZero();
    assertThat(home.resolve("sent.create")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void doesNotTouchWhatSomebodyMadeMeanwhile(String shell) {
    answers("get", pod("u3", ""));
    HostShell.Result result =
        run(shell, object("{}") + "b_object_restore \"$HOME/conf\" /ps /p u1 20");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("somebody has made another");
    assertThat(home.resolve("sent.create")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void undoesACreationByTheIdentityThatItGot(String shell) {
    answers("create", REFUSED, "Error from server (AlreadyExists): pods \"p\" already exists");
    answers("get", pod("u7", ""), pod("u7", ""), MISSING);
    answers("delete", pod("u7", ""));
    assertThat(run(shell, object("{}") + "b_object_create \"$HOME/conf\" /ps /p").exit()).isZero();
    assertThat(run(shell, "b_object_uncreate \"$HOME/conf\" /p 20").exit()).isZero();
    assertThat(new HostShell(shell, home).file("sent.delete")).contains("\"uid\":\"u7\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void doesNotTakeWhatIsThereForItsOwnCreation(String shell) {
    answers("create", "Error from server (AlreadyExists): pods \"p\" already exists");
    assertThat(run(shell, object("{}") + "b_object_create \"$HOME/conf\" /ps /p").exit())
        .isNotZero();
    assertThat(run(shell, "b_object_uncreate \"$HOME/conf\" /p 20").exit()).isZero();
    assertThat(home.resolve("sent.delete")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void putsTheFormerContentBackUnlessSomebodyEditedIt(String shell) {
    answers("replace", pod("u1", ",\"generation\":2"), pod("u1", ",\"generation\":3"));
    String undo = object("{}") + "b_object_put_back \"$HOME/conf\" /p";
    assertThat(run(shell, object("{}") + "b_object_replace \"$HOME/conf\" /p").exit()).isZero();
    answers("get", pod("u1", ",\"generation\":9"));
    assertThat(run(shell, undo).err()).contains("generation 2 then, generation 9 now");
    answers("get", pod("u1", ",\"generation\":2"));
    assertThat(run(shell, undo).exit()).isZero();
    assertThat(run(shell, undo).exit()).as("once more").isZero();
    assertThat(new HostShell(shell, home).file("calls").lines().filter("replace"::equals))
        .hasSize(2);
  }

  private static String scale(String uid, String spec) {
    return "{\"kind\":\"Scale\",\"apiVersion\":\"autoscaling/v1\",\"metadata\":{\"name\":\"w\",\"uid\":\""
        + uid
        + "\",\"resourceVersion\":\"5\"},\"spec\":{"
        + spec
        + "},\"status\":{\"replicas\":7}}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void scalesAlthoughTheStatusChangesMeanwhile(String shell) {
    answers("get", scale("u1", "\"replicas\":3"));
    answers(
        "replace",
        "Error from server (Conflict): the object has been modified",
        scale("u1", "\"replicas\":0"));
    assertThat(run(shell, "b_object_scale \"$HOME/conf\" /w u1 3 0").exit()).isZero();
    String sent = scale("u1", "\"replicas\":0").replaceFirst(",.status.*", "}");
    assertThat(new HostShell(shell, home).file("sent.replace")).isEqualTo(sent + sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void scalesBackFromTheZeroThatIsLeftOutAndOnlyOnce(String shell) {
    answers("get", scale("u1", ""), scale("u1", "\"replicas\":3"));
    answers("replace", scale("u1", "\"replicas\":3"));
    assertThat(run(shell, "b_object_scale \"$HOME/conf\" /w u1 0 3 150").exit()).isZero();
    assertThat(run(shell, "b_object_scale \"$HOME/conf\" /w u1 0 3 150").exit()).isZero();
    assertThat(new HostShell(shell, home).file("calls")).isEqualTo("get\nreplace\nget\n");
  }

  @ParameterizedTest
  @CsvSource({"u1, 5, scaled it to 5", "u2, 3, with uid u2"})
  void scalesNeitherWhatSomebodyScaledNorAnother(String uid, int replicas, String said) {
    for (String shell : new String[] {"dash", "bash", "busybox ash"}) {
      answers("get", scale(uid, "\"replicas\":" + replicas));
      HostShell.Result result = run(shell, "b_object_scale \"$HOME/conf\" /w u1 3 0");
      assertThat(result.exit()).as(shell).isEqualTo(75);
      assertThat(result.err()).contains(said);
      assertThat(home.resolve("sent.replace")).doesNotExist();
    }
  }

  /**
   * Answers of {@code get} are taken in turn: the scale, then what pods there are, line by line.
   */
  private HostShell.Result emptied(String shell, String workload, int seconds, String... pods)
      throws IOException {
    Files.deleteIfExists(home.resolve("looks"));
    for (int i = 0; i < pods.length; i++) {
      Files.writeString(home.resolve("pods." + (i + 1)), pods[i]);
    }
    String kubectl =
        """
        case " $* " in
          *" /w/scale "*) printf %%s '%s' ;;
          *" -l app=w,!x "*) echo x >>"$HOME/looks"; n=$(wc -l <"$HOME/looks"); n=$((n))
            [ -e "$HOME/pods.$n" ] || n=%d; cat "$HOME/pods.$n" ;;
          *) echo "unexpected: $*" >&2; exit 1 ;;
        esac
        """
            .formatted(
                scale("u1", "").replace("{\"replicas\":7}", "{\"selector\":\"app=w,!x\"}"),
                pods.length);
    return new HostShell(shell, home)
        .program("kubectl", kubectl)
        .run("b_object_emptied \"$HOME/conf\" /w ns " + workload + " " + seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void waitsUntilThePodsOfWhatIsScaledToZeroHaveEnded(String shell) throws IOException {
    HostShell.Result result =
        emptied(
            shell,
            "Deployment/w",
            20,
            "w-5d9-a Running ReplicaSet/w-5d9\nw-8f1-b Pending ReplicaSet/w-8f1\n",
            "w-5d9-a Running ReplicaSet/w-5d9\n",
            "w-5d9-c Failed ReplicaSet/w-5d9\nw-x-1 Running ReplicaSet/w-x-7c6\n"
                + "bare Running /\nw-0 Running StatefulSet/w\n");
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(new HostShell(shell, home).file("looks")).isEqualTo("x\nx\nx\n");
  }

  @ParameterizedTest
  @CsvSource({"StatefulSet/w", "ReplicaSet/w"})
  void namesThePodsThatDoNotEnd(String workload) throws IOException {
    for (String shell : new String[] {"dash", "bash", "busybox ash"}) {
      HostShell.Result result =
          emptied(
              shell,
              workload,
              1,
              "w-0 Running %s\nw-1 Running %s\nother Running %s-1\n".replace("%s", workload));
      assertThat(result.exit()).as(shell).isEqualTo(1);
      assertThat(result.err()).contains("these pods still run after 1 s: w-0 w-1;");
    }
  }
}

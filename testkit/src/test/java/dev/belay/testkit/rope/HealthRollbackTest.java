package dev.belay.testkit.rope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.command.CommandLine;
import dev.belay.core.builtin.file.DirectoryPresent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.builtin.kube.HostPathVolume;
import dev.belay.core.builtin.kube.Readiness;
import dev.belay.core.builtin.kube.StaticPod;
import dev.belay.core.builtin.service.UnitNames;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.RunEvent;
import dev.belay.core.step.Handler;
import dev.belay.core.step.PlayItem;
import dev.belay.core.transport.Request;
import dev.belay.testkit.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class HealthRollbackTest {

  private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
  private static final RemotePath POLICY = RemotePath.of("/etc/kubernetes/audit-policy.yaml");
  private static final RemotePath LOG = RemotePath.of("/var/log/kubernetes/audit");

  private Scene scene;
  private Tree before;

  @BeforeEach
  void start() {
    scene = Scene.controlPlane();
    before = scene.tree();
  }

  @AfterEach
  void end() {
    scene.close();
  }

  static PlayItem policy(String namespace) {
    return new FilePresent(POLICY)
        .mode("0600")
        .content(
            "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n  namespaces: ["
                + namespace
                + "]\n");
  }

  static StaticPod pod(String... flags) {
    StaticPod pod =
        new StaticPod(RemotePath.of(MANIFEST), "kube-apiserver")
            .flag("audit-policy-file", POLICY.value())
            .flag("audit-log-path", LOG + "/audit.log")
            .volume(HostPathVolume.readOnlyFile("audit", POLICY))
            .volume(HostPathVolume.directory("audit-log", LOG))
            .reloadedBy(POLICY)
            .ready(new Readiness(Duration.ofSeconds(8), Duration.ofSeconds(1)));
    for (int i = 0; i < flags.length; i += 2) {
      pod = pod.flag(flags[i], flags[i + 1]);
    }
    return pod;
  }

  static PlayItem log() {
    return new DirectoryPresent(LOG).mode("0700");
  }

  private String server() {
    return scene
        .host
        .run("pgrep -f '^/usr/bin/perl.*apiserver|^kube-apiserver' || pidof kube-apiserver")
        .strip();
  }

  private static final Handler RESTART =
      new Handler("restart kubelet", UnitNames.of("kubelet").restarted());

  @Test
  void undoesTheWholeRunBackwardsAndWaitsForHealthAgain() {
    String was = scene.host.run("sha256sum " + MANIFEST);
    var recap =
        scene.apply(
            log(), policy("omega").task().notifies(RESTART), pod("audit-log-maxage", "a-month"));
    assertThat(Scene.code(recap)).as(scene.text()).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(scene.failed().problem().wanted()).contains("kube-apiserver runs as a new process");
    assertThat(String.join("\n", scene.failed().diagnosis()))
        .contains("invalid argument \"a-month\"");
    assertThat(scene.undone())
        .containsExactly(
            "restore " + MANIFEST,
            "remove " + POLICY + " again",
            "remove " + LOG + " again",
            "remove /var/log/kubernetes again");
    assertThat(scene.host.run("sha256sum " + MANIFEST)).isEqualTo(was);
    assertThat(scene.differences(before, "/var/log/pods", "/var/log/belay-standin")).isEmpty();
    assertThat(scene.states()).containsExactly("rolled-back");
    assertThat(scene.host.run("ls /var/lib/belay")).doesNotContain("owed", "lock");
    assertThat(scene.host.run("kubectl --kubeconfig /etc/kubernetes/admin.conf get --raw /readyz"))
        .startsWith("ok");
  }

  @Test
  void listsWhatCannotBeUndoneAndDoesNotCallItRolledBack() {
    var recap =
        scene.apply(
            log(),
            policy("omega"),
            CommandLine.of("touch", "/etc/made").creates("/etc/made"),
            pod("no-such-flag", "1"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(scene.remaining())
        .containsExactly("run touch /etc/made: nobody said how the command is undone");
    assertThat(scene.states()).containsExactly("failed");
    assertThat(scene.text()).contains("unknown flag: --no-such-flag");
  }

  @Test
  void leavesWhatSomebodyChangedInTheMeantimeAndListsIt() {
    // Exchange 3 looks at the journal, 4 undoes.
    var connector =
        Tapped.before(scene.direct, 3, () -> scene.host.run("echo '# mine' >>" + POLICY));
    var recap = scene.apply(connector, log(), policy("omega"), pod("no-such-flag", "1"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(scene.remaining()).containsExactly(POLICY + ": somebody changed it meanwhile");
    assertThat(scene.undone()).contains("restore " + MANIFEST);
  }

  @Test
  void tellsWhenTheJournalIsGoneAndGivesTheLockBack() {
    var connector = Tapped.before(scene.direct, 3, () -> scene.host.run("rm -r /var/lib/belay/2*"));
    var recap = scene.apply(connector, log(), policy("omega"), pod("no-such-flag", "1"));
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    scene.failed();
    assertThat(scene.remaining().get(0)).contains("everything this run did", "no journal of run");
    assertThat(scene.host.run("ls /var/lib/belay")).doesNotContain("lock");
  }

  @Test
  void restartsTheServerWhenOnlyThePolicyHasChanged() {
    scene.well(scene.apply(log(), policy("omega"), pod()));
    String first = server();
    String digest = scene.host.run("grep -A1 reloaded-by " + MANIFEST);
    scene.well(scene.apply(log(), policy("citadel"), pod()));
    assertThat(server()).isNotEmpty().isNotEqualTo(first);
    assertThat(scene.host.run("grep -A1 reloaded-by " + MANIFEST)).isNotEqualTo(digest);
    scene.well(scene.apply(log(), policy("citadel"), pod()));
    scene.well(scene.rollback());
    assertThat(scene.host.run("cat " + POLICY)).contains("omega");
    scene.well(scene.rollback());
    assertThat(scene.warnings()).anyMatch(text -> text.contains("it holds audit.log"));
    assertThat(scene.differences(before, "/var/log")).isEmpty();
  }

  @Test
  void undoesWhenTheServerComesUpAndCrashesWithinTheStableTime() {
    // Killed again and again, as a server that crashes a moment after it was ready.
    scene.host.run(
        "cat >/usr/local/bin/crash <<'END'\n"
            + "while [ ! -e /run/stop-crashing ]; do\n"
            + "  grep -q audit-log-maxage "
            + MANIFEST
            + " && for c in /proc/[0-9]*/comm; do read -r n <$c && [ \"$n\" = kube-apiserver ] &&"
            + " sleep 0.8 && p=${c%/comm} && kill -9 ${p#/proc/}; done\n"
            + "  sleep 0.1\ndone 2>/dev/null\nEND\n"
            + "setsid sh /usr/local/bin/crash </dev/null >/dev/null 2>&1 &");
    var recap =
        scene.apply(
            log(),
            policy("omega"),
            pod("audit-log-maxage", "7")
                .ready(new Readiness(Duration.ofSeconds(8), Duration.ofSeconds(3))));
    assertThat(Scene.code(recap)).as(scene.text()).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(scene.failed().problem().got())
        .containsPattern("no process kube-apiserver|was ready|is not ready|ends whenever");
  }

  @Test
  void failsBeforeAnyWriteWhenTheManifestIsGone() {
    scene.host.run("mv " + MANIFEST + " /root/");
    Tree moved = scene.tree();
    var recap = scene.apply(log(), policy("omega"), pod());
    assertThat(Scene.code(recap)).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().state()).isEqualTo("nothing written by this run");
    assertThat(moved.differences(scene.tree())).isEmpty();
  }

  @Test
  void refusesWhenTheManifestIsTakenAwayAfterItWasRead() {
    var connector =
        Tapped.before(scene.direct, 2, () -> scene.host.run("mv " + MANIFEST + " /root/"));
    assertThat(Scene.code(scene.apply(connector, log(), policy("omega"), pod())))
        .isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().got()).contains("found -");
    assertThat(scene.failed().problem().state()).startsWith("3 earlier changes stay");
    scene.well(scene.rollback());
    scene.host.run("mv /root/kube-apiserver.yaml " + MANIFEST);
    assertThat(scene.differences(before, "/var/log")).isEmpty();
  }

  @Test
  void warnsOfACopyBesideTheManifestAndDoesNotTouchIt() {
    scene.host.run("cp -p " + MANIFEST + " " + MANIFEST + ".bak");
    String copy = scene.host.run("sha256sum " + MANIFEST + ".bak");
    scene.apply(log(), policy("omega"), pod());
    assertThat(scene.warnings()).anyMatch(text -> text.contains("kube-apiserver.yaml.bak"));
    assertThat(scene.host.run("sha256sum " + MANIFEST + ".bak")).isEqualTo(copy);
  }

  @Test
  void looksInTheNextRunAtHealthThatACutOffRunDidNotSee() {
    Tapped cut =
        new Tapped(
            scene.direct,
            "",
            (exchange, requests) ->
                requests.stream()
                    .map(
                        r ->
                            r.script().startsWith("b_job ")
                                ? new Request(
                                    r.script().replace("{ b_await_process", "{ kill -9 0"),
                                    r.onlyIfAllWell(),
                                    r.deadline())
                                : r)
                    .toList());
    PlayItem[] items = {log(), policy("omega"), pod("audit-log-maxage", "a-month")};
    assertThat(Scene.code(scene.apply(cut, items))).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(scene.unreachable().problem().state()).contains("has made 4 changes for certain");
    scene.check(items);
    assertThat(scene.handlers()).containsExactly("health of kube-apiserver: WOULD_CHANGE");
    assertThat(Scene.code(scene.apply(items))).as(scene.text()).isEqualTo(ExitCode.FAILED);
    assertThat(scene.failed().problem().wanted()).isEqualTo("health of kube-apiserver");
    PlayItem[] mended = {log(), policy("omega"), pod("audit-log-maxage", "7")};
    scene.well(scene.apply(mended));
    scene.check(mended);
    assertThat(scene.handlers()).isEmpty();
    assertThat(scene.told(RunEvent.TaskEnded.class))
        .allMatch(t -> t.status() == RunEvent.Status.OK);
    assertThat(List.of(scene.states().get(0))).containsExactly("unfinished");
  }

  @Test
  void canBeGoneOnWithWhenItIsCutOffItself() {
    Tapped cut =
        new Tapped(
            scene.direct,
            "",
            (exchange, requests) -> {
              List<Request> some = new ArrayList<>(requests);
              String job = some.get(0).script();
              int second = job.indexOf("'B_TAG=", job.indexOf("'B_TAG=") + 1);
              if (second > 0) {
                String killed =
                    job.substring(0, second) + "'kill -9 0; " + job.substring(second + 1);
                some.set(0, Request.ifAllWell(killed, some.get(0).deadline()));
              }
              return some;
            });
    assertThat(Scene.code(scene.apply(cut, log(), policy("omega"), pod("no-such-flag", "1"))))
        .isEqualTo(ExitCode.UNREACHABLE);
    assertThat(scene.unreachable().problem().state()).contains("was being undone");
    assertThat(scene.undone()).containsExactly("restore " + MANIFEST);
    scene.well(scene.rollback());
    assertThat(scene.differences(before, "/var/log/pods", "/var/log/belay-standin")).isEmpty();
    assertThat(scene.host.run("ls /var/lib/belay")).doesNotContain("owed", "lock");
  }
}

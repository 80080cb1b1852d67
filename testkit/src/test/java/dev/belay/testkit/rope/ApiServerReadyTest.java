package dev.belay.testkit.rope;

import static dev.belay.core.builtin.kube.audit.GroupResources.core;
import static dev.belay.core.builtin.kube.audit.Policy.policy;
import static dev.belay.core.builtin.kube.audit.Rule.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.builtin.file.DirectoryPresent;
import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.builtin.kube.ApiServerReady;
import dev.belay.core.builtin.kube.AuditPolicyFile;
import dev.belay.core.builtin.kube.HostPathVolume;
import dev.belay.core.builtin.kube.ManifestEdit;
import dev.belay.core.builtin.kube.ManifestWish;
import dev.belay.core.builtin.kube.audit.Level;
import dev.belay.core.builtin.kube.audit.Policy;
import dev.belay.core.playbook.Play;
import dev.belay.core.playbook.Playbook;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.run.ExitCode;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.step.Guard;
import dev.belay.core.step.GuardedBlock;
import dev.belay.core.step.HealthCondition;
import dev.belay.core.step.ReversibleItem;
import dev.belay.testkit.Tree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The API server's condition in a guard, where plain file steps change its manifest. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ApiServerReadyTest {

  private static final RemotePath MANIFEST =
      RemotePath.of("/etc/kubernetes/manifests/kube-apiserver.yaml");
  private static final RemotePath POLICY = RemotePath.of("/etc/kubernetes/audit-policy.yaml");
  private static final RemotePath LOG = RemotePath.of("/var/log/kubernetes/audit");
  private static final Policy PODS =
      policy(rule(Level.METADATA).resources(core("pods")).namespaces("omega"));

  private Scene scene;
  private String manifest;
  private Tree before;

  @BeforeEach
  void start() {
    scene = Scene.controlPlane();
    manifest = scene.host.run("cat " + MANIFEST);
    before = scene.tree();
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private static HealthCondition ready() {
    return ApiServerReady.usual().stableFor(Duration.ofSeconds(1)).writesAudit(PODS).condition();
  }

  private Recap guarded(int seconds, ReversibleItem... items) {
    Guard guard = Guard.of(Duration.ofSeconds(seconds), List.of(ready()));
    return scene.run(
        scene.direct,
        true,
        new Playbook("ready", List.of(Play.of("play").tasks(GuardedBlock.of(guard, items)))));
  }

  private static FilePresent manifest(String text) {
    return new FilePresent(MANIFEST).content(text).mode("0600");
  }

  /** The manifest with auditing, as an editor would have left it. */
  private String audited(String... flags) {
    ManifestWish wish =
        ManifestWish.of("kube-apiserver")
            .flag("audit-policy-file", POLICY.value())
            .flag("audit-log-path", LOG + "/audit.log")
            .volume(HostPathVolume.readOnlyFile("audit", POLICY))
            .volume(HostPathVolume.directory("audit-log", LOG));
    for (int i = 0; i < flags.length; i += 2) {
      wish = wish.flag(flags[i], flags[i + 1]);
    }
    return new String(
        ManifestEdit.apply(manifest.getBytes(StandardCharsets.UTF_8), wish).bytes(),
        StandardCharsets.UTF_8);
  }

  private ReversibleItem[] auditing(String text) {
    return new ReversibleItem[] {
      new DirectoryPresent(LOG).mode("0700"), new AuditPolicyFile(POLICY, PODS), manifest(text)
    };
  }

  private void assertUndone(Recap recap, String reason) {
    assertThat(Scene.code(recap)).as(scene.text()).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(scene.failed().problem().got()).contains(reason);
    assertThat(scene.host.run("cat " + MANIFEST)).isEqualTo(manifest);
    assertThat(scene.host.run("kubectl --kubeconfig /etc/kubernetes/admin.conf get --raw /readyz"))
        .startsWith("ok");
    assertThat(scene.differences(before, "/var/log/pods", "/var/log/belay-standin")).isEmpty();
  }

  @Test
  void keepsAuditingOnceAnEventOfTheMarkedRequestIsThere() {
    scene.well(guarded(60, auditing(audited())));
    assertThat(scene.told(RunEvent.Kept.class).get(0).conditions())
        .containsExactly(ready().text())
        .first()
        .asString()
        .contains("writes an audit event of GET /api/v1/namespaces/omega/pods/belay-…");
    assertThat(scene.host.run("cat " + LOG + "/audit.log"))
        .containsPattern("\"requestURI\":\"/api/v1/namespaces/omega/pods/belay-\\d+-\\d+-1\"");
  }

  @Test
  void keepsAChangeThatTheApiServerNeedNotSee() {
    String pid = scene.host.run("pgrep -x kube-apiserver || pgrep -f ^kube-apiserver");
    scene.well(guarded(60, manifest("# hardened\n" + manifest)));
    assertThat(scene.host.run("pgrep -x kube-apiserver || pgrep -f ^kube-apiserver"))
        .isEqualTo(pid);
  }

  @Test
  void undoesAFlagThatNoApiServerKnows() {
    assertUndone(
        guarded(60, auditing(audited("no-such-flag", "1"))), "ends whenever it is started");
    assertThat(String.join("\n", scene.failed().diagnosis()))
        .contains("unknown flag: --no-such-flag");
  }

  @Test
  void undoesAManifestThatTheKubeletCannotRead() {
    assertUndone(guarded(10, manifest("\t" + manifest)), "kube-apiserver");
  }

  @Test
  void undoesAnAuditLogThatNothingReaches() {
    String elsewhere = audited().replace("path: " + LOG + "\n", "path: /var/log/elsewhere\n");
    assertThat(elsewhere).isNotEqualTo(audited());
    var recap = guarded(10, auditing(elsewhere));
    assertThat(Scene.code(recap)).as(scene.text()).isEqualTo(ExitCode.ROLLED_BACK);
    assertThat(scene.failed().problem().got()).contains("no audit event of a request with mark");
  }
}

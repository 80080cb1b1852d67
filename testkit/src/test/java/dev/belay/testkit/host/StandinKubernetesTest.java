package dev.belay.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StandinKubernetesTest {

  private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
  private static final String READYZ =
      "kubectl --kubeconfig /etc/kubernetes/admin.conf --request-timeout=5s get --raw /readyz";
  private static final String PID =
      "for d in /proc/[0-9]*; do read -r comm <$d/comm 2>/dev/null || continue;"
          + " [ \"$comm\" = kube-apiserver ] && echo ${d#/proc/}; done; :";
  private static final String POLICY =
      "printf 'apiVersion: audit.k8s.io/v1\\nkind: Policy\\nrules:\\n- level: Metadata\\n'"
          + " >/etc/kubernetes/audit-policy.yaml";
  private static final String FLAGS =
      "sed -i 's|^    - --allow-priv|    - --audit-policy-file=/etc/kubernetes/audit-policy.yaml"
          + "\\n    - --audit-log-path=/var/log/kubernetes/audit/audit.log\\n&|' /tmp/m.yaml";
  private static final String MOUNTS =
      "sed -i 's|^    volumeMounts:|&\\n    - mountPath: /etc/kubernetes/audit-policy.yaml"
          + "\\n      name: audit\\n      readOnly: true"
          + "\\n    - mountPath: /var/log/kubernetes/audit\\n      name: audit-log|;"
          + " s|^  volumes:|&\\n  - hostPath:\\n      path: /etc/kubernetes/audit-policy.yaml"
          + "\\n      type: File\\n    name: audit\\n  - hostPath:"
          + "\\n      path: /var/log/kubernetes/audit\\n      type: DirectoryOrCreate"
          + "\\n    name: audit-log|' /tmp/m.yaml";

  private EmbeddedHost host;

  @BeforeEach
  void startHost() throws IOException {
    host =
        EmbeddedHost.start(
            EmbeddedHost.Options.defaults().withApiServerStartup(Duration.ofMillis(100)));
  }

  @AfterEach
  void closeHost() {
    host.close();
  }

  private String pid() {
    return host.run(PID).strip();
  }

  private String logs() {
    return host.run("cat /var/log/pods/*/kube-apiserver/*.log");
  }

  private String journal() {
    return host.run("journalctl -u kubelet");
  }

  /** Edits a copy with sed lines and renames it over the manifest. */
  private void edit(String... scripts) {
    host.run(
        "cp -p "
            + MANIFEST
            + " /tmp/m.yaml; "
            + String.join("; ", scripts)
            + "; cp -p /tmp/m.yaml /etc/kubernetes/.m && mv /etc/kubernetes/.m "
            + MANIFEST);
  }

  private void awaitReady(String oldPid) throws Exception {
    EmbeddedHostTest.await(
        () -> !pid().isEmpty() && !pid().equals(oldPid) && host.run(READYZ + " || :").equals("ok"));
  }

  @Test
  void runsAnApiServerThatLooksLikeOneFromTheStart() {
    assertThat(host.run(READYZ)).isEqualTo("ok");
    assertThat(host.run("tr '\\0' '\\n' </proc/" + pid() + "/cmdline"))
        .startsWith("kube-apiserver\n--advertise-address=127.0.0.1\n")
        .endsWith("--tls-private-key-file=/etc/kubernetes/pki/apiserver.key\n");
    assertThat(host.run("stat -c '%a %U' /etc/kubernetes/manifests/*"))
        .isEqualTo("600 root\n".repeat(4));
    assertThat(host.run("systemctl is-active kubelet")).isEqualTo("active\n");
    assertThat(host.run("ls -d /var/lib/belay 2>/dev/null || echo none")).isEqualTo("none\n");
  }

  @Test
  void startsANewProcessThatAuditsAfterAGoodEdit() throws Exception {
    var before = pid();
    edit(POLICY, FLAGS, MOUNTS);
    awaitReady(before);
    assertThat(host.run("tr '\\0' '\\n' </proc/" + pid() + "/cmdline"))
        .contains("--audit-log-path=/var/log/kubernetes/audit/audit.log\n");
    EmbeddedHostTest.await(
        () -> host.run("tail -n 1 /var/log/kubernetes/audit/audit.log").contains("/readyz"));
    assertThat(host.run("tail -n 1 /var/log/kubernetes/audit/audit.log"))
        .contains("\"apiVersion\":\"audit.k8s.io/v1\"")
        .contains("\"stage\":\"ResponseComplete\"");
    assertThat(host.run("stat -c %a /var/log/kubernetes/audit/audit.log")).isEqualTo("600\n");
  }

  @Test
  void keepsTheProcessWhenOnlyCommentsOrUnknownFieldsChange() throws Exception {
    var before = pid();
    edit(
        "sed -i 's|^    volumeMounts:|# a comment\\n&|; s|^      readOnly: true|&\\n      readOlny: 1|' /tmp/m.yaml");
    edit("sed -i 's|- --secure-port=6443|- \"--secure-port=6443\"|' /tmp/m.yaml");
    var other = "touch " + MANIFEST + "; cp " + MANIFEST + " /etc/kubernetes/manifests/.hidden";
    host.run(other);
    // Once the kubelet has seen a later file it has seen everything before it.
    host.run("echo x >/etc/kubernetes/manifests/zz");
    EmbeddedHostTest.await(() -> journal().contains("manifests/zz"));
    assertThat(journal()).containsOnlyOnce("started container");
    assertThat(pid()).isEqualTo(before);
  }

  @Test
  void crashLoopsOnAnUnknownFlagAndRecovers() throws Exception {
    var before = pid();
    edit("sed -i 's|- --secure-port=6443|&\\n    - --no-such-flag=1|' /tmp/m.yaml");
    EmbeddedHostTest.await(() -> logs().contains("stderr F Error: unknown flag: --no-such-flag"));
    EmbeddedHostTest.await(() -> journal().contains("CrashLoopBackOff"));
    EmbeddedHostTest.await(
        () -> host.run("ls /var/log/pods/*/kube-apiserver/1.log 2>/dev/null || :").length() > 0);
    assertThat(host.run(READYZ + " 2>&1 || echo status $?"))
        .contains("was refused")
        .endsWith("status 1\n");
    edit("sed -i '/no-such-flag/d' /tmp/m.yaml");
    awaitReady(before);
  }

  @Test
  void refusesAPolicyThatNoMountCovers() throws Exception {
    edit(POLICY, FLAGS);
    EmbeddedHostTest.await(
        () -> logs().contains("loading audit policy file: failed to read file path"));
    assertThat(logs()).contains("no such file or directory");
  }

  @Test
  void refusesAPolicyOfAnUnknownLevel() throws Exception {
    edit(POLICY, "sed -i s/Metadata/metadata/ /etc/kubernetes/audit-policy.yaml", FLAGS, MOUNTS);
    EmbeddedHostTest.await(() -> logs().contains("rules[0].level: Unsupported value"));
  }

  @Test
  void refusesANumberThatIsNone() throws Exception {
    edit("sed -i 's|- --secure-port=6443|&\\n    - --audit-log-maxage=ten|' /tmp/m.yaml");
    EmbeddedHostTest.await(
        () -> logs().contains("invalid argument \"ten\" for \"--audit-log-maxage\" flag"));
  }

  @Test
  void waitsForAHostPathFileThatIsMissing() throws Exception {
    edit(FLAGS, MOUNTS);
    EmbeddedHostTest.await(
        () ->
            journal()
                .contains(
                    "hostPath type check failed: /etc/kubernetes/audit-policy.yaml is not a file"));
    assertThat(pid()).isEmpty();
    host.run(POLICY);
    awaitReady("");
  }

  @Test
  void logsNowhereOnTheHostWhenNoMountCoversTheLog() throws Exception {
    var before = pid();
    edit(
        POLICY,
        FLAGS,
        MOUNTS,
        "sed -i 's|mountPath: /var/log/kubernetes/audit|&-elsewhere|' /tmp/m.yaml");
    awaitReady(before);
    assertThat(host.run("ls -A /var/log/kubernetes/audit")).isEmpty();
  }

  @Test
  void stopsThePodOfAManifestWithoutAVolumeName() throws Exception {
    edit("sed -i 's|^    name: ca-certs|    nam: ca-certs|' /tmp/m.yaml");
    EmbeddedHostTest.await(
        () -> journal().contains("invalid pod: [spec.volumes[0].name: Required value]"));
    EmbeddedHostTest.await(() -> pid().isEmpty());
  }

  @Test
  void keepsThenDropsThePodOfAManifestThatIsNoYaml() throws Exception {
    var before = pid();
    edit("printf '\\tx: [\\n' >>/tmp/m.yaml");
    EmbeddedHostTest.await(() -> journal().contains("couldn't parse as pod"));
    assertThat(pid()).isEqualTo(before);
    EmbeddedHostTest.await(() -> pid().isEmpty());
  }

  @Test
  void letsTheLaterOfTwoFilesWithOnePodWin() throws Exception {
    var before = pid();
    host.run(
        "sed 's|- --secure-port=6443|&\\n    - --profiling=false|' "
            + MANIFEST
            + " >/tmp/x && mv /tmp/x "
            + MANIFEST
            + ".bak");
    awaitReady(before);
    assertThat(host.run("tr '\\0' '\\n' </proc/" + pid() + "/cmdline"))
        .contains("--profiling=false");
  }

  @Test
  void stopsTheApiServerWhenItsManifestIsMovedAway() throws Exception {
    host.run("mv " + MANIFEST + " /root/");
    EmbeddedHostTest.await(() -> pid().isEmpty());
    host.run("mv /root/kube-apiserver.yaml " + MANIFEST);
    awaitReady("");
  }
}

package dev.belay.core.builtin.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.remote.RemotePath;
import org.junit.jupiter.api.Test;

class KubeadmConfigTextTest {
  private static final ManifestWish WISH =
      ManifestWish.of("kube-apiserver")
          .flag("audit-log-maxage", "30")
          .flag("profiling", "false")
          .volume(HostPathVolume.readOnlyFile("audit", RemotePath.of("/etc/audit.yaml")))
          .volume(HostPathVolume.directory("audit-log", RemotePath.of("/var/log/audit")))
          .annotation("belay.dev/x", "y");

  private static final String VOLUMES =
      """
        extraVolumes:
        - name: audit
          hostPath: /etc/audit.yaml
          mountPath: /etc/audit.yaml
          readOnly: true
          pathType: File
        - name: audit-log
          hostPath: /var/log/audit
          mountPath: /var/log/audit
          pathType: DirectoryOrCreate
      """;

  @Test
  void writesArgumentsAsAMapOfStringsInV1beta3() {
    assertThat(KubeadmConfigText.v1beta3(WISH))
        .contains(
            """
            apiServer:
              extraArgs:
                audit-log-maxage: "30"
                profiling: "false"
            """
                + VOLUMES);
  }

  @Test
  void writesArgumentsAsAListInV1beta4() {
    assertThat(KubeadmConfigText.v1beta4(WISH))
        .contains(
            """
            apiServer:
              extraArgs:
              - name: audit-log-maxage
                value: "30"
              - name: profiling
                value: "false"
            """
                + VOLUMES);
  }

  @Test
  void isEmptyWhereKubeadmHasNoPlaceForIt() {
    ManifestWish annotated = ManifestWish.of("kube-apiserver").annotation("a", "b");

    assertThat(KubeadmConfigText.v1beta3(annotated)).isEmpty();
    assertThat(KubeadmConfigText.v1beta4(ManifestWish.of("etcd").flag("a", "b"))).isEmpty();
    assertThat(KubeadmConfigText.v1beta3(ManifestWish.of("kube-scheduler").flag("a", "b")))
        .contains("scheduler:\n  extraArgs:\n    a: b\n");
  }
}

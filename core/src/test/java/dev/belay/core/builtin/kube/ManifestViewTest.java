package dev.belay.core.builtin.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.SharedSamples;
import dev.belay.core.yaml.YamlRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestViewTest {
  private static final String POD =
      """
      kind: Pod
      metadata: {name: api, namespace: kube-system}
      spec:
        containers:
        - name: kube-apiserver
          command: [/go-runner, --also-stdout, kube-apiserver]
          args: [--audit-log-path=/var/log/audit/a.log, --v, "2", --profiling, --v=3]
          volumeMounts:
          - {name: log, mountPath: /var/log/audit/}
          - {name: all, mountPath: /var/log, readOnly: true}
          - {name: part, mountPath: /part, subPath: x}
        volumes:
        - {name: log, hostPath: {path: /srv/audit, type: File}}
        - {name: all, hostPath: {path: /var/log}}
        - {name: part, hostPath: {path: /srv}}
        - {name: tmp, emptyDir: {}}
      """;

  @Test
  void readsFlagsAfterTheProgramInOrder() {
    ManifestView view = ManifestView.of(utf8(POD), "kube-apiserver");

    assertThat(view.pod()).hasToString("kube-system/api");
    assertThat(view.flags().keySet()).containsExactly("audit-log-path", "v", "profiling");
    assertThat(view.flags().get("v")).containsExactly("2", "3");
    assertThat(view.flag("v")).contains("3");
    assertThat(view.flag("profiling")).contains("true");
    assertThat(view.flag("also-stdout")).isEmpty();
  }

  @Test
  void followsPathsThroughTheDeepestMount() {
    ManifestView view = ManifestView.of(utf8(POD), "kube-apiserver");

    assertThat(view.mountCovering("/var/log/audit/a.log")).map(m -> m.volume()).contains("log");
    assertThat(view.mountCovering("/var/log/auditing")).map(m -> m.volume()).contains("all");
    assertThat(view.mountCovering("/etc/x")).isEmpty();
    assertThat(view.hostPathOf("/var/log/audit/a.log")).contains("/srv/audit/a.log");
    assertThat(view.hostPathOf("/var/log/audit")).contains("/srv/audit");
    assertThat(view.hostPathOf("/part/y")).isEmpty();
    assertThat(view.requiredHostFiles()).containsExactly("/srv/audit");
    assertThat(view.volume("tmp").orElseThrow().hostPath()).isEmpty();
  }

  static Stream<Arguments> names() {
    return Stream.of(
        Arguments.of("kind: Pod\nmetadata: {name: a}\n", "default/a"),
        Arguments.of("kind: Pod\nmetadata: {name: a, namespace: ''}\n", "default/a"),
        Arguments.of("{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}}", "default/a"),
        Arguments.of("kind: Pod\nmetadata: &m {name: a, namespace: n}\nx: *m\n", "n/a"),
        Arguments.of("kind: Pod\nmetadata: {name: a}\n---\nkind: Other\n", "default/a"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesThePodOfAFileAsKubeletWould(String file, String name) {
    assertThat(ManifestView.podName(utf8(file))).map(PodName::toString).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "just text",
        "kind: Secret\nmetadata: {name: a}",
        "kind: Pod",
        "a: [",
        "- a",
        "a: &a [*a]",
        "\0"
      })
  void namesNoPodInAnythingElse(String file) {
    assertThat(ManifestView.podName(utf8(file))).isEmpty();
    assertThatThrownBy(() -> ManifestView.of(utf8(file), "kube-apiserver"))
        .isInstanceOf(YamlRefused.class);
  }

  static Stream<Arguments> warnings() {
    String pod =
        POD.replace("--audit-log-path", "--audit-policy-file=/var/log/p, --audit-log-path");
    return Stream.of(
        Arguments.of(pod, List.of()),
        Arguments.of(pod.replace("/var/log/audit/a.log", "-"), List.of()),
        Arguments.of(POD, List.of("--audit-log-path is set without --audit-policy-file")),
        Arguments.of(
            pod.replace("--audit-log-path=/var/log/audit/a.log", "--x"),
            List.of("--audit-policy-file is set without --audit-log-path")),
        Arguments.of(
            pod.replace("/var/log/audit/a.log", "/x"),
            List.of("no mount covers --audit-log-path=/x")),
        Arguments.of(
            pod.replace("file=/var/log/p", "file=/x"),
            List.of("no mount covers --audit-policy-file=/x")),
        Arguments.of(
            pod.replace("/var/log/audit/a.log", "/var/log/a.log"), List.of("read-only mount")),
        Arguments.of(
            pod.replace("/var/log/audit/a.log", "/var/log/audit"), List.of("a single file")),
        Arguments.of(
            pod.replace("name: api", "name: api, uid: x"), List.of("exported", "metadata.uid")));
  }

  @ParameterizedTest
  @MethodSource("warnings")
  void warnsOfWhatGoesWrongInPractice(String pod, List<String> parts) {
    List<String> warnings = ManifestView.of(utf8(pod), "kube-apiserver").warnings();

    assertThat(warnings).hasSize(parts.isEmpty() ? 0 : 1);
    parts.forEach(part -> assertThat(warnings.get(0)).contains(part));
  }

  static List<Path> real() {
    return SharedSamples.in("manifests", "");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("real")
  void readsEveryRealManifest(Path file) throws IOException {
    byte[] manifest = Files.readAllBytes(file);

    ManifestView view = ManifestView.of(manifest, "kube-apiserver");

    assertThat(view.pod().namespace()).isEqualTo("kube-system");
    assertThat(view.flag("secure-port")).isPresent();
    assertThat(view.exportMarks().isEmpty())
        .isEqualTo(!new String(manifest, StandardCharsets.UTF_8).contains("config.mirror"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

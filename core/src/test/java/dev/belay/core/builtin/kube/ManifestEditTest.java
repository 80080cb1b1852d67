package dev.belay.core.builtin.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.SharedSamples;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.yaml.ChangedLines;
import dev.belay.core.yaml.YamlRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestEditTest {
  private static final RemotePath POLICY = RemotePath.of("/etc/kubernetes/audit-policy.yaml");
  private static final RemotePath LOGS = RemotePath.of("/var/log/kubernetes/audit");
  private static final List<String> OWN =
      List.of(
          "block.yaml",
          "indented-emoji.yaml",
          "flow.yaml",
          "flow-lines.yaml",
          "args-wrapper.yaml",
          "command-and-args.yaml",
          "two-items.yaml",
          "minimal.yaml");

  static final ManifestWish AUDIT =
      ManifestWish.of("kube-apiserver")
          .flag("audit-policy-file", POLICY.value())
          .flag("audit-log-path", "/var/log/kubernetes/audit/audit.log")
          .flag("audit-log-maxage", "30")
          .flag("audit-log-maxbackup", "10")
          .flag("audit-log-maxsize", "100")
          .flag("profiling", "false")
          .volume(HostPathVolume.readOnlyFile("audit", POLICY))
          .volume(HostPathVolume.directory("belay-audit-log", LOGS))
          .annotation("belay.dev/audit-policy-sha256", "0123");

  static Stream<Arguments> own() throws IOException {
    Stream.Builder<Arguments> all = Stream.builder();
    for (String name : OWN) {
      String before = new String(own(name), StandardCharsets.UTF_8);
      String after = new String(own("expected/" + name), StandardCharsets.UTF_8);
      all.add(Arguments.of(name, before, after));
      all.add(Arguments.of(name + " CRLF", crlf(before), crlf(after)));
      all.add(Arguments.of(name + " no end", before.stripTrailing(), after.stripTrailing()));
      all.add(Arguments.of(name + " BOM", "\uFEFF" + before, "\uFEFF" + after));
    }
    return all.build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("own")
  void writesTheVeryBytesExpected(String name, String before, String after) {
    ManifestEdit.Result result = ManifestEdit.apply(utf8(before), AUDIT);

    assertThat(new String(result.bytes(), StandardCharsets.UTF_8)).isEqualTo(after);
    assertFulfilled(utf8(before), result);
  }

  static List<Path> real() {
    return SharedSamples.in("manifests", "").stream()
        .filter(file -> !file.toString().matches(".*(broken|json|docmarker).*"))
        .toList();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("real")
  void fulfilsTheWishInRealManifestsAndChangesNothingElse(Path file) throws IOException {
    byte[] before = Files.readAllBytes(file);

    ManifestEdit.Result result = ManifestEdit.apply(before, AUDIT);

    assertFulfilled(before, result);
    ChangedLines lines = ChangedLines.between(before, result.bytes());
    assertThat(lines.gone())
        .allMatch(
            line ->
                line.matches("(?s) *- \"?--(audit-|profiling).*| *(- )?(mountP|p)ath:.*| *type:.*"))
        .hasSizeLessThanOrEqualTo(result.changes().size());
    String eol = new String(before, StandardCharsets.UTF_8).contains("\r\n") ? "\r\n" : "\n";
    assertThat(lines.come()).allMatch(line -> line.matches("(?s)[^\r\n]*" + eol));
  }

  private static void assertFulfilled(byte[] before, ManifestEdit.Result result) {
    assertThat(ExpectedPod.load(result.bytes())).isEqualTo(ExpectedPod.after(before, AUDIT));
    ManifestEdit.Result again = ManifestEdit.apply(result.bytes(), AUDIT);
    assertThat(again.changes()).isEmpty();
    assertThat(again.bytes()).isEqualTo(result.bytes());
    ManifestView view = ManifestView.of(result.bytes(), "kube-apiserver");
    assertThat(view.flag("audit-log-maxage")).contains("30");
    assertThat(view.hostPathOf(POLICY.value())).contains(POLICY.value());
  }

  @Test
  void saysWhatItDid() throws IOException {
    assertThat(ManifestEdit.apply(own("block.yaml"), AUDIT).changes())
        .containsExactly(
            "flag --audit-policy-file added",
            "flag --audit-log-path added",
            "flag --audit-log-maxage changed from 10 to 30",
            "flag --audit-log-maxbackup added",
            "flag --audit-log-maxsize changed from 50 to 100",
            "flag --profiling added",
            "volume audit added",
            "mount of volume audit at /etc/kubernetes/audit-policy.yaml added",
            "volume belay-audit-log added",
            "mount of volume belay-audit-log at /var/log/kubernetes/audit added",
            "annotation belay.dev/audit-policy-sha256 added");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("exported")
  void editsAnExportUnderTheNamesItHas(Path file) throws IOException {
    ManifestWish wish =
        ManifestWish.of("kube-apiserver")
            .flag("audit-log-maxage", "31")
            .volume(HostPathVolume.readOnlyFile("audit-policy", POLICY))
            .volume(HostPathVolume.directory("audit-log", LOGS));
    byte[] before = Files.readAllBytes(file);

    ManifestEdit.Result result = ManifestEdit.apply(before, wish);

    assertThat(ExpectedPod.load(result.bytes())).isEqualTo(ExpectedPod.after(before, wish));
    assertThat(result.changes()).allMatch(change -> change.contains("audit-log-maxage"));
    assertThat(ManifestEdit.warnings(before, "kube-apiserver"))
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("exported", "metadata.uid", "config.hash", "status");
  }

  static List<Path> exported() {
    return SharedSamples.in("manifests", "minikube-v1.34-audit-utf8");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("broken")
  void refusesRealManifestsThatCannotBeEdited(Path file) throws IOException {
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> ManifestEdit.apply(before, AUDIT)).isInstanceOf(YamlRefused.class);
  }

  static List<Path> broken() {
    return SharedSamples.in("manifests", "").stream()
        .filter(file -> file.toString().matches(".*(broken|json)[^/]*"))
        .toList();
  }

  static Stream<Arguments> refusals() {
    String block = pod("command: [kube-apiserver, --a=b]");
    return Stream.of(
        Arguments.of("{\"kind\": \"Pod\"}", "JSON form cannot be edited safely"),
        Arguments.of(block.replace("--a=b", "&x --a=b"), "anchor"),
        Arguments.of(block + "---\n" + block, "several YAML documents"),
        Arguments.of(block.replace("Pod", "Deployment"), "kind is Deployment, not Pod"),
        Arguments.of(block.replace("  name: cp", "  uid: cp"), "no metadata.name"),
        Arguments.of(
            block.replace("name: kube-apiserver", "name: x").replace("[kube-a", "[a"),
            "no container is named or runs kube-apiserver"),
        Arguments.of(pod("command: [x]\n  - name: kube-apiserver"), "several containers could be"),
        Arguments.of(
            pod("command: [kube-apiserver]\n  - name: b\n    command: [/bin/kube-apiserver]")
                .replace("name: kube-apiserver", "name: a"),
            "several containers could be"),
        Arguments.of(
            pod("command: [/bin/sh, -c, 'exec kube-apiserver --a=b 2>&1']"), "one shell string"),
        Arguments.of(pod("command: [/bin/bash, -ec]\n    args: [kube-apiserver]"), "one shell"),
        Arguments.of(pod("command: ['kube-apiserver --a=b --c']"), "one shell string"),
        Arguments.of(pod("command: kube-apiserver --a=b"), "command is not a list"),
        Arguments.of(pod("command: [kube-apiserver, [a]]"), "an item that is no text"),
        Arguments.of(pod("image: x"), "neither command nor args"),
        Arguments.of(
            pod("command: [kube-apiserver, --profiling=true, --profiling=false]"),
            "given 2 times with different values: true and false"),
        Arguments.of(block + "  volumes:\n  - hostPath: {path: /x}\n", "a volume has no name"),
        Arguments.of(block + "  volumes:\n  - name: x\n  - name: x\n", "two volumes are named x"),
        Arguments.of(
            block + "  volumes:\n  - name: audit\n    emptyDir: {}\n", "exists and is no hostPath"),
        Arguments.of(mounts(block, "{name: y, mountPath: /y}"), "volume y, which does not exist"),
        Arguments.of(mounts(block, "{name: x}"), "a volumeMount has no mountPath"),
        Arguments.of(
            mounts(block, "{name: x, mountPath: /y}, {name: x, mountPath: /y/}"), "used twice"),
        Arguments.of(
            mounts(block, "{name: x, mountPath: etc/kubernetes/audit-policy.yaml/}"),
            "of volume audit is already used by volume x"),
        Arguments.of(
            mounts(block, "{name: audit, mountPath: /a}, {name: audit, mountPath: /b}"),
            "mounted twice"),
        Arguments.of(mounts(block, "{name: audit, mountPath: /a, subPath: b}"), "only a subPath"),
        Arguments.of(
            block
                + "  - name: other\n    volumeMounts: [{name: audit, mountPath: /a}]\n"
                + "  volumes: [{name: audit, hostPath: {path: /other}}]\n",
            "other containers mount it"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWhatItCannotEditSafely(String manifest, String reason) {
    assertThatThrownBy(() -> ManifestEdit.apply(utf8(manifest), AUDIT))
        .isInstanceOfSatisfying(
            YamlRefused.class,
            refused -> {
              assertThat(refused.reason()).contains(reason);
              assertThat(refused.hint()).isNotBlank();
            });
  }

  @Test
  void replacesOnlyTheDifferingPartsOfAVolumeThatIsThere() {
    String before =
        mounts(pod("command: [kube-apiserver]"), "{name: audit, mountPath: var/old, readOnly: no}")
            .replace("path: /etc/x", "path: /old # here");
    ManifestWish wish =
        ManifestWish.of("kube-apiserver").volume(HostPathVolume.readOnlyFile("audit", POLICY));

    ManifestEdit.Result result = ManifestEdit.apply(utf8(before), wish);

    assertThat(new String(result.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            before
                .replace("path: /old # here", "path: /etc/kubernetes/audit-policy.yaml # here")
                .replace("type: Directory", "type: File")
                .replace("mountPath: var/old", "mountPath: /etc/kubernetes/audit-policy.yaml")
                .replace("readOnly: no", "readOnly: true"));
    assertThat(result.changes())
        .containsExactly(
            "volume audit: path changed from /old to /etc/kubernetes/audit-policy.yaml",
            "volume audit: type changed from Directory to File",
            "mount of volume audit: mountPath changed from var/old"
                + " to /etc/kubernetes/audit-policy.yaml",
            "mount of volume audit: readOnly changed from false to true");
  }

  @Test
  void usesTheOnlyContainerThatRunsTheProgramWhateverItsName() {
    String before = pod("command: [/usr/bin/kube-apiserver]").replace("kube-apiserver\n", "main\n");

    ManifestEdit.Result result =
        ManifestEdit.apply(utf8(before), ManifestWish.of("kube-apiserver").flag("a", "b"));

    assertThat(new String(result.bytes(), StandardCharsets.UTF_8))
        .contains("[/usr/bin/kube-apiserver, --a=b]");
  }

  @Test
  void takesFlagsAwayWithTheirOwnLines() {
    String before =
        pod(
            """
            command:
                - kube-apiserver
                - --a=1 # gone
                # stays
                - --b
                - two
                - --c
                args: [--a, one, --d=4, --e=5]""");
    ManifestWish wish =
        ManifestWish.of("kube-apiserver").noFlag("a").noFlag("b").noFlag("e").noFlag("z");

    ManifestEdit.Result result = ManifestEdit.apply(utf8(before), wish);

    assertThat(new String(result.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            before
                .replace("    - --a=1 # gone\n", "")
                .replace("    - --b\n    - two\n", "")
                .replace("[--a, one, --d=4, --e=5]", "[--d=4]"));
    assertThat(result.changes())
        .containsExactly("flag --a removed", "flag --b removed", "flag --e removed");
    assertThat(ManifestEdit.apply(result.bytes(), wish).changed()).isFalse();
  }

  @Test
  void setsAFlagGivenTwiceWithOneValueInBothPlaces() {
    String before = pod("command: [kube-apiserver, --v=2, --v, '2']");

    ManifestEdit.Result result =
        ManifestEdit.apply(utf8(before), ManifestWish.of("kube-apiserver").flag("v", "4"));

    assertThat(new String(result.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(before.replace("--v=2", "--v=4").replace("'2'", "'4'"));
  }

  @Test
  void joinsAValueThatLooksLikeAFlagToItsName() {
    String before = pod("command: [kube-apiserver, --audit-log-path, /x, --v=2]");

    ManifestEdit.Result result =
        ManifestEdit.apply(
            utf8(before), ManifestWish.of("kube-apiserver").flag("audit-log-path", "-"));

    assertThat(new String(result.bytes(), StandardCharsets.UTF_8))
        .contains("[kube-apiserver, --audit-log-path=-, --v=2]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "0644", "a: b", "x #y", "", "*all", "it's", "[a]", "a,b", "é 😀"})
  void keepsHostileValuesAsTheyAre(String value) {
    ManifestWish wish =
        ManifestWish.of("kube-apiserver").flag("a", value).annotation("belay.dev/x", value);

    byte[] block = ManifestEdit.apply(utf8(pod("command:\n    - kube-apiserver")), wish).bytes();
    byte[] flow = ManifestEdit.apply(utf8(pod("command: ['kube-apiserver']")), wish).bytes();

    for (byte[] after : List.of(block, flow)) {
      assertThat(ManifestView.of(after, "kube-apiserver").flag("a")).contains(value);
      assertThat(ExpectedPod.load(after))
          .extracting("metadata.annotations")
          .isEqualTo(Map.of("belay.dev/x", value));
    }
  }

  private static String pod(String container) {
    return """
        apiVersion: v1
        kind: Pod
        metadata:
          name: cp
        spec:
          containers:
          - name: kube-apiserver
            %s
        """
        .formatted(container);
  }

  private static String mounts(String pod, String mounts) {
    return pod
        + "    volumeMounts: ["
        + mounts
        + "]\n  volumes:\n  - name: x\n  - name: audit\n    hostPath:\n      path: /etc/x\n"
        + "      type: Directory\n";
  }

  private static String crlf(String text) {
    return text.replace("\n", "\r\n");
  }

  private static byte[] own(String name) throws IOException {
    try (InputStream in = ManifestEditTest.class.getResourceAsStream("manifests/" + name)) {
      return in.readAllBytes();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

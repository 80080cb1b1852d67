package dev.belay.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.SharedSamples;
import dev.belay.core.builtin.kube.ManifestView;
import dev.belay.core.yaml.YamlRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions of manifest.sh, in each shell that a host may have. */
class ManifestShellTest {

  private static final List<String> SHELLS = List.of("dash", "bash", "busybox ash");

  private static final String MANIFEST =
      """
      apiVersion: v1
      kind: Pod
      spec:
        initContainers:
        - name: first
          command:
          - --not=mine
        containers: # two
        - args:
          - --sidecar=1
          name: sidecar
        - name: kube-apiserver
          command:   # the program
          - kube-apiserver
          - --plain=a,b=c*?
          - "--double=x y"   # why
          - '--single=#1'
          - --commented=v # --not=this
          - --hash=a#b
          - --bare

          # - --out=1
          - "--escape=\\t"
          - '--apostrophe=it''s'
          - --variable=$(HOST)
          - --apart
          - value
          - --folded=a
            b
          - |
            --script=1
            - --script=2
          - --last=1
          livenessProbe:
            exec:
              command:
              - --probe=1
          env:
          - name: --env=1
          volumeMounts:
          - mountPath: --mount=1
        hostNetwork: true
        volumes:
        - name: kube-apiserver
          command:
          - --volume=1
      """;

  private static final String FLAGS =
      """
      --plain=a,b=c*?
      --double=x y
      --single=#1
      --commented=v
      --hash=a#b
      --bare
      --apart
      --last=1
      """;

  @TempDir Path home;

  private HostShell.Result run(String shell, String script) {
    return new HostShell(shell, home).run(script);
  }

  private String flags(String shell, String manifest) throws IOException {
    Files.writeString(home.resolve("manifest"), manifest);
    var result = run(shell, "b_flags $HOME/manifest kube-apiserver; printf '%s\\n' \"$B_FLAGS\"");
    assertThat(result.err()).isEmpty();
    return result.out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox ash"})
  void readsTheFlagsThatPlainTextCanTell(String shell) throws IOException {
    assertThat(flags(shell, MANIFEST)).isEqualTo(FLAGS);
    assertThat(flags(shell, MANIFEST.replace("\n", "\r\n"))).isEqualTo(FLAGS);
    assertThat(flags(shell, MANIFEST.replace("\n  ", "\n      "))).isEqualTo(FLAGS);
    assertThat(
            flags(
                shell,
                MANIFEST.replace("name: kube-apiserver\n    command", "name: x\n    command")))
        .isEqualTo("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"spec\": {\"containers\": []}}",
        "spec:\n  containers: [{name: kube-apiserver, command: [--a=1]}]\n",
        "spec:\n  containers:\n  - name: kube-apiserver\n    command: [kube-apiserver, --a=1]\n",
        "spec:\n  containers:\n  -\n    name: kube-apiserver\n    command:\n    - --a=1\n"
      })
  void guessesAtNothing(String manifest) throws IOException {
    for (String shell : SHELLS) {
      assertThat(flags(shell, manifest)).as(shell).isEqualTo("\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox ash"})
  void namesNoFlagOfARealManifestThatIsNotThere(String shell) throws IOException {
    for (Path file : SharedSamples.in("manifests", "")) {
      byte[] bytes = Files.readAllBytes(file);
      ManifestView view;
      try {
        view = ManifestView.of(bytes, "kube-apiserver");
      } catch (YamlRefused unreadable) {
        continue;
      }
      var said =
          run(shell, "b_flags '" + file + "' kube-apiserver; printf '%s\\n' \"$B_FLAGS\"").out();
      for (String line : said.strip().lines().toList()) {
        String[] parts = line.substring(2).split("=", 2);
        assertThat(view.flags().get(parts[0])).as(file + ": " + line).contains(parts[1]);
      }
      boolean block =
          new String(bytes, StandardCharsets.UTF_8)
              .lines()
              .anyMatch(l -> l.matches(" *- +[\"']?--.*"));
      assertThat(said.strip().lines().count())
          .as(file.toString())
          .isEqualTo(block ? view.flags().values().stream().mapToLong(List::size).sum() : 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'a: 1\\n', '# c\\n\\na: 1   # d\\n  # e\\n', true",
    "'a: 1\\nb: 2\\n', 'a: 1\\r\\nb: 2', true",
    "'a: 1\\n', 'a: 2\\n', false",
    "'a: 1\\n', '  a: 1\\n', false",
    "'a: \"x #1\"\\n', 'a: \"x #2\"\\n', false",
    "'a: b#1\\n', 'a: b#2\\n', false",
  })
  void seesWhatTheKubeletSees(String one, String other, boolean same) {
    for (String shell : SHELLS) {
      var script =
          "printf '%b' '"
              + one
              + "' >$HOME/1; printf '%b' '"
              + other
              + "' >$HOME/2\n"
              + "[ \"$(b_manifest $HOME/1)\" = \"$(b_manifest $HOME/2)\" ]";
      assertThat(run(shell, script).exit() == 0).as(shell).isEqualTo(same);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'--advertise-address=10.0.0.1', 'https://10.0.0.1:6443'",
    "'--secure-port=8443', 'https://127.0.0.1:8443'",
    "'--advertise-address\\nfd00::1\\n--secure-port=1\\n--secure-port\\n7', 'https://[fd00::1]:7'",
  })
  void knowsWhereTheApiServerAnswers(String flags, String url) {
    for (String shell : SHELLS) {
      assertThat(run(shell, "b_url \"$(printf '%b' '" + flags + "')\"; echo $B_URL").out().strip())
          .as(shell)
          .isEqualTo(url);
    }
  }
}

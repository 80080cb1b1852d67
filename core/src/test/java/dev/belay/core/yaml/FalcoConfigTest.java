package dev.belay.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.SharedSamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class FalcoConfigTest {

  static List<Path> real() {
    return SharedSamples.in("falco", "falco-0");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("real")
  void setsFileOutputInRealConfigurationsAndTouchesNothingElse(Path file) throws IOException {
    byte[] before = Files.readAllBytes(file);
    Map<String, Object> expected = load(before);
    expected.put(
        "file_output", Map.of("enabled", true, "keep_alive", false, "filename", "/opt/falco.log"));

    YamlEdit.Result result = YamlEdit.set(before, YamlEditTest.fileOutput());

    assertThat(load(result.bytes())).isEqualTo(expected);
    ChangedLines lines = ChangedLines.between(before, result.bytes());
    assertThat(lines.gone()).containsExactly("  enabled: false\n", "  filename: ./events.txt\n");
    assertThat(lines.come()).containsExactly("  enabled: true\n", "  filename: /opt/falco.log\n");
    assertThat(YamlEdit.set(result.bytes(), YamlEditTest.fileOutput()).changed()).isFalse();
  }

  private static Map<String, Object> load(byte[] yaml) {
    return new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(new String(yaml, StandardCharsets.UTF_8));
  }
}

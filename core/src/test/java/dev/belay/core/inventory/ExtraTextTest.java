package dev.belay.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.inventory.InventoryText.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtraTextTest {

  private static Inventory read(String yaml, ExtraText... extras) {
    byte[] content = yaml.getBytes(StandardCharsets.UTF_8);
    return InventoryTexts.read(
        List.of(InventoryText.of("hosts.yaml", Kind.YAML, content)),
        List.of(),
        Arrays.asList(extras),
        dev.belay.core.secret.VaultKeys.NONE);
  }

  private static Host host(ExtraText... extras) {
    return read("all: {hosts: {h: {a: inventory, ansible_user: jo}}}", extras).host("h").get();
  }

  /** The right side is what {@code ansible.parsing.splitter.parse_kv} of 2.14 answers. */
  static Stream<Arguments> words() {
    return Stream.of(
        Arguments.of("a=1", Map.of("a", "1")),
        Arguments.of("a=1 b=two", Map.of("a", "1", "b", "two")),
        Arguments.of("a='x y' b=\"z w\"", Map.of("a", "x y", "b", "z w")),
        Arguments.of("a=\"it's\"", Map.of("a", "it's")),
        Arguments.of("a=x=y", Map.of("a", "x=y")),
        Arguments.of("a=", Map.of("a", "")),
        Arguments.of("a='' b=\"\"", Map.of("a", "", "b", "")),
        Arguments.of("a=b\\nc", Map.of("a", "b\nc")),
        Arguments.of("a='b\\tc'", Map.of("a", "b\tc")),
        Arguments.of("a=\"q\\\"r\"", Map.of("a", "q\"r")),
        Arguments.of("a=x'y z'w", Map.of("a", "x'y z'w")),
        Arguments.of("a=\\x41\\u00e9", Map.of("a", "A\u00e9")),
        Arguments.of("a=c:\\\\dir", Map.of("a", "c:\\dir")),
        Arguments.of("a=[1,2]", Map.of("a", "[1,2]")),
        Arguments.of("a=1 a=2", Map.of("a", "2")),
        Arguments.of("a='b'c", Map.of("a", "'b'c")),
        Arguments.of("a=\\101", Map.of("a", "\\101")),
        Arguments.of("a=1\nb=2", Map.of("a", "1", "b", "2")),
        Arguments.of("a='1\n2'", Map.of("a", "1\n2")),
        Arguments.of("a=\\'x", Map.of("a", "'x")));
  }

  @ParameterizedTest
  @MethodSource("words")
  void readsWordsAsAnsibleDoes(String text, Map<String, Object> meant) {
    assertThat(host(ExtraText.given(text)).vars()).containsAllEntriesOf(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"word", "a=1 word", "a = 1", "=v", "a='x' 'y'"})
  void refusesWhatGivesNoVariableAValue(String text) {
    assertThatThrownBy(() -> host(ExtraText.given(text)))
        .isInstanceOf(InventoryException.class)
        .hasMessageContaining("-e, line 1, column 1: ")
        .hasMessageContaining("write name=value, '{name: value}', or @file.yaml");
  }

  @Test
  void refusesYamlThatIsNoMapping() {
    assertThatThrownBy(() -> host(ExtraText.given("[1, 2]")))
        .hasMessageContaining("-e, line 1, column 1: this is a list, not variables");
  }

  @Test
  void refusesAnOpenQuoteAndAFileWithoutItsSign() {
    assertThatThrownBy(() -> host(ExtraText.given("a='open")))
        .hasMessageContaining("a quote is not closed");
    assertThatThrownBy(() -> host(ExtraText.given("./vars.yaml")))
        .hasMessageContaining("put @ before the name of a file: -e @./vars.yaml");
  }

  @Test
  void yamlAndJsonKeepTheirTypes() {
    Map<String, Object> vars =
        host(ExtraText.given("{\"n\": 5, \"on\": true, \"l\": [1, \"x\"], \"t\": \"5\"}")).vars();
    assertThat(vars).containsEntry("n", 5).containsEntry("on", true).containsEntry("t", "5");
    assertThat(vars.get("l")).isEqualTo(List.of(1, "x"));
  }

  @Test
  void winsOverTheInventoryAlsoForTheConnectionAndTheLastOneWins() {
    Host host =
        host(
            ExtraText.given("a=first ansible_port=2200"),
            ExtraText.file("v.yaml", "a: last\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(host.vars()).containsEntry("a", "last").containsEntry("ansible_user", "jo");
    assertThat(host.portOrDefault()).isEqualTo(2200);
    assertThat(host.places().of("a")).contains("v.yaml, line 1, column 4");
    assertThat(host.places().of("ansible_user")).contains("hosts.yaml, line 1, column 47");
    assertThat(host.places().host()).isEqualTo("hosts.yaml, line 1, column 15");
  }

  @Test
  void aPasswordIsASecretAndAFileKnowsItsLines() {
    Host host = host(ExtraText.given("ansible_become_password='s3cret word'"));
    assertThat(host.vars().toString()).doesNotContain("s3cret");
    assertThat(host.become().password().orElseThrow().reveal()).isEqualTo("s3cret word");
    byte[] twice = "a: 1\na: 2\n".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> host(ExtraText.file("v.yaml", twice)))
        .hasMessageContaining("v.yaml, line 2, column 1");
  }
}

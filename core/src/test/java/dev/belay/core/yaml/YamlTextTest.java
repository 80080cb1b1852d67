package dev.belay.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
  private static final YamlPath LIST = YamlPath.TOP.key("l");
  private static final YamlScalar NEW = YamlScalar.of("new");

  static Stream<Arguments> appended() {
    return Stream.of(
        Arguments.of("l:\n- a\n# c\nm: n\n", "l:\n- a\n- new\n# c\nm: n\n"),
        Arguments.of("l:\n  -   a # c\n", "l:\n  -   a # c\n  -   new\n"),
        Arguments.of("l:\n  -\n    a\n", "l:\n  -\n    a\n  - new\n"),
        Arguments.of("l:\n- 'a'", "l:\n- 'a'\n- 'new'"),
        Arguments.of("l: [a,\"b\"] # c\n", "l: [a,\"b\",\"new\"] # c\n"),
        Arguments.of("l: [ a ]\n", "l: [ a, new ]\n"),
        Arguments.of("l: [a, ]\n", "l: [a, new, ]\n"),
        Arguments.of("l: [\n  a\n]\n", "l: [\n  a,\n  new\n]\n"),
        Arguments.of("l: [\n  a, # c\n]\n", "l: [\n  a, # c\n  new,\n]\n"),
        Arguments.of("l: [\n  a # c\n]\n", "l: [\n  a, # c\n  new\n]\n"),
        Arguments.of("l: [a,\n    b]\n", "l: [a,\n    b, new]\n"),
        Arguments.of("l: []\n", "l: [new]\n"),
        Arguments.of("l:\nm: n\n", "l:\n- new\nm: n\n"),
        Arguments.of("k:\n    - a\nl: null\n", "k:\n    - a\nl:\n    - new\n"),
        Arguments.of("? l\n: - a\n", "? l\n: - a\n  - new\n"));
  }

  @ParameterizedTest
  @MethodSource("appended")
  void appendsAnItemInTheStyleOfTheList(String before, String after) {
    YamlText text = YamlText.parse(utf8(before));
    int size = text.at(LIST).orElseThrow().list().size();

    assertThat(string(text.withItem(LIST, size, NEW))).isEqualTo(after);
  }

  static Stream<Arguments> removed() {
    return Stream.of(
        Arguments.of("l:\n- a # c\n- b\n", 0, "l:\n- b\n"),
        Arguments.of("l:\n- a\n# c\n- b: 1\n  c: 2", 1, "l:\n- a\n# c"),
        Arguments.of("l:\r\n- a\r\n- b", 1, "l:\r\n- a"),
        Arguments.of("l: [a, b, c]\n", 0, "l: [b, c]\n"),
        Arguments.of("l: [a, b, c]\n", 2, "l: [a, b]\n"),
        Arguments.of("l: [\n  a,\n  b # c\n]\n", 1, "l: [\n  a,\n]\n"));
  }

  @ParameterizedTest
  @MethodSource("removed")
  void takesAnItemOutWithItsLines(String before, int position, String after) {
    YamlText text = YamlText.parse(utf8(before)).withoutItem(LIST, position);

    assertThat(string(text)).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"l:\n- a\n", "l:\n- - a\n", "l: [a]\nm: [a,\n  b]\n", "l: x\n", "l: {}\n"})
  void refusesToTakeOutWhatIsNotAnItemOfItsOwn(String before) {
    YamlText text = YamlText.parse(utf8(before));
    YamlPath inner = before.contains("- -") ? LIST.item(0) : LIST;

    assertThatThrownBy(() -> text.withoutItem(inner, before.contains("[") ? 1 : 0))
        .isInstanceOf(YamlRefused.class);
  }

  @Test
  void refusesPathsAndPositionsThatAreNotThere() {
    YamlText text = YamlText.parse(utf8("l: [a]\nm: !!map\n  a: b\n"));

    assertThatThrownBy(() -> text.withItem(LIST, 0, NEW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> text.withKey(LIST, "k", NEW)).hasMessageContaining("no mapping");
    assertThatThrownBy(() -> text.withKey(YamlPath.TOP, "l", NEW)).hasMessageContaining("already");
    assertThatThrownBy(() -> text.withKey(YamlPath.TOP.key("m"), "k", NEW))
        .hasMessageContaining("tag");
    assertThatThrownBy(() -> text.withScalar(YamlPath.TOP.key("x").item(2), NEW))
        .hasMessageContaining("x[2] is not in the document");
  }

  @Test
  void setsSeveralScalarsAtOnce() {
    YamlText text = YamlText.parse(utf8("a: 1 # \uD83D\uDE00\nl: ['x', y]\nb:\n"));

    YamlText after =
        text.withScalars(
            Map.of(
                YamlPath.TOP.key("a"), YamlScalar.of(22),
                LIST.item(0), NEW,
                LIST.item(1), YamlScalar.of("p,q"),
                YamlPath.TOP.key("b"), YamlScalar.of(true)));

    assertThat(string(after)).isEqualTo("a: 22 # \uD83D\uDE00\nl: ['new', \"p,q\"]\nb: true\n");
  }

  @Test
  void writesTreesAsKubeadmDoes() {
    YamlValue tree =
        YamlValue.entry("a", YamlValue.items(List.of(YamlValue.entry("b", NEW).with("c", NEW))))
            .with("yes", YamlValue.entries())
            .with("d", YamlValue.entry("e", YamlScalar.of("1")));

    assertThat(tree.toYaml()).isEqualTo("a:\n- b: new\n  c: new\n\"yes\": {}\nd:\n  e: \"1\"\n");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String string(YamlText text) {
    return new String(text.bytes(), StandardCharsets.UTF_8);
  }
}

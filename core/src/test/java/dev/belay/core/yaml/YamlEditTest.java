package dev.belay.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlEditTest {

  private static final Map<List<String>, YamlScalar> FILE_OUTPUT = fileOutput();

  static Map<List<String>, YamlScalar> fileOutput() {
    Map<List<String>, YamlScalar> wanted = new LinkedHashMap<>();
    wanted.put(List.of("file_output", "enabled"), YamlScalar.of(true));
    wanted.put(List.of("file_output", "keep_alive"), YamlScalar.of(false));
    wanted.put(List.of("file_output", "filename"), YamlScalar.of("/opt/falco.log"));
    return wanted;
  }

  static Stream<Arguments> edits() {
    return Stream.of(
        Arguments.of(
            "values in their block only",
            """
            # top
            http_output:
              enabled: false # stays
            file_output:
              enabled: false   # on or off
              keep_alive: "no"
              # where to
              filename: './events.txt'

            stdout_output:
              enabled: true
            """,
            """
            # top
            http_output:
              enabled: false # stays
            file_output:
              enabled: true   # on or off
              keep_alive: false
              # where to
              filename: '/opt/falco.log'

            stdout_output:
              enabled: true
            """),
        Arguments.of(
            "missing keys below the last of the block",
            """
            file_output:
                enabled: yes
                # about http
            http_output: {enabled: false}
            """,
            """
            file_output:
                enabled: yes
                keep_alive: false
                filename: /opt/falco.log
                # about http
            http_output: {enabled: false}
            """),
        Arguments.of(
            "missing block at the end",
            "a:\n   b: 1\n# the end\n",
            "a:\n   b: 1\n# the end\nfile_output:\n   enabled: true\n   keep_alive: false\n"
                + "   filename: /opt/falco.log\n"),
        Arguments.of(
            "no final line end",
            "a: b # c",
            "a: b # c\nfile_output:\n  enabled: true\n  keep_alive: false\n"
                + "  filename: /opt/falco.log"),
        Arguments.of(
            "CRLF without final line end",
            "a: b\r\nfile_output:\r\n  keep_alive: true",
            "a: b\r\nfile_output:\r\n  keep_alive: false\r\n  enabled: true\r\n"
                + "  filename: /opt/falco.log"),
        Arguments.of(
            "an empty file",
            "",
            "file_output:\n  enabled: true\n  keep_alive: false\n  filename: /opt/falco.log\n"),
        Arguments.of(
            "only comments",
            "---\n# nothing yet\n",
            "---\n# nothing yet\nfile_output:\n  enabled: true\n  keep_alive: false\n"
                + "  filename: /opt/falco.log\n"),
        Arguments.of(
            "a key without value",
            "file_output:   # later\n  # enabled: true\nb: c\n",
            "file_output:   # later\n  enabled: true\n  keep_alive: false\n"
                + "  filename: /opt/falco.log\n  # enabled: true\nb: c\n"),
        Arguments.of(
            "null written out",
            "file_output: ~ # later\nb: c\n",
            "file_output: # later\n  enabled: true\n  keep_alive: false\n"
                + "  filename: /opt/falco.log\nb: c\n"),
        Arguments.of(
            "an empty flow mapping",
            "file_output: {} # x\n",
            "file_output: {enabled: true, keep_alive: false, filename: /opt/falco.log} # x\n"),
        Arguments.of(
            "a flow mapping",
            "file_output: { \"enabled\": false,\"keep_alive\": FALSE }\n",
            "file_output: { \"enabled\": true,\"keep_alive\": FALSE,"
                + "\"filename\": \"/opt/falco.log\" }\n"),
        Arguments.of(
            "a flow mapping over lines",
            "file_output: {\n    enabled: false,  # one\n    keep_alive: true  # two\n  }\n",
            "file_output: {\n    enabled: true,  # one\n    keep_alive: false,  # two\n"
                + "    filename: /opt/falco.log\n  }\n"),
        Arguments.of(
            "supplementary characters and a byte order mark",
            "\uFEFFnote: '\uD83D\uDE00\uD83D\uDE00' # \uD83D\uDE00\nfile_output:\n"
                + "  enabled: 0x1 # \uD83D\uDE00\n",
            "\uFEFFnote: '\uD83D\uDE00\uD83D\uDE00' # \uD83D\uDE00\nfile_output:\n"
                + "  enabled: true # \uD83D\uDE00\n  keep_alive: false\n"
                + "  filename: /opt/falco.log\n"),
        Arguments.of(
            "trailing blanks and a document end",
            "---   \nfile_output:  \n  enabled: off  \n...\n# after\n",
            "---   \nfile_output:  \n  enabled: true  \n  keep_alive: false\n"
                + "  filename: /opt/falco.log\n...\n# after\n"),
        Arguments.of(
            "a block before a document end",
            "a: b\n...\n",
            "a: b\nfile_output:\n  enabled: true\n  keep_alive: false\n"
                + "  filename: /opt/falco.log\n...\n"),
        Arguments.of(
            "a folded value",
            "file_output:\n  enabled: true\n  keep_alive: false\n  filename: >- # where\n"
                + "    ./a\n    b\n\n# end\n",
            "file_output:\n  enabled: true\n  keep_alive: false\n"
                + "  filename: /opt/falco.log # where\n\n# end\n"),
        Arguments.of(
            "below a literal value",
            "file_output:\n  note: |+\n    text\n\n  # c\nb: c\n",
            "file_output:\n  note: |+\n    text\n\n  enabled: true\n  keep_alive: false\n"
                + "  filename: /opt/falco.log\n  # c\nb: c\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edits")
  void setsTheThreeValuesAndNothingElse(String name, String before, String after) {
    YamlEdit.Result result = YamlEdit.set(utf8(before), FILE_OUTPUT);

    assertThat(new String(result.bytes(), StandardCharsets.UTF_8)).isEqualTo(after);
    assertThat(YamlEdit.set(result.bytes(), FILE_OUTPUT).changed()).isFalse();
    assertThat(YamlEdit.set(result.bytes(), FILE_OUTPUT).bytes()).isEqualTo(result.bytes());
  }

  @Test
  void namesWhatChanged() {
    YamlEdit.Result result =
        YamlEdit.set(utf8("file_output: {enabled: no, keep_alive: off}\n"), FILE_OUTPUT);

    assertThat(result.changes())
        .containsExactly(
            new YamlEdit.KeyChange(
                List.of("file_output", "enabled"), Optional.of("no"), YamlScalar.of(true)),
            new YamlEdit.KeyChange(
                List.of("file_output", "filename"),
                Optional.empty(),
                YamlScalar.of("/opt/falco.log")));
  }

  static Stream<Arguments> alreadyThere() {
    return Stream.of(
        Arguments.of("yes", YamlScalar.of(true)),
        Arguments.of("On", YamlScalar.of(true)),
        Arguments.of("'text'", YamlScalar.of("text")),
        Arguments.of("\"te\\x78t\"", YamlScalar.of("text")),
        Arguments.of(">-\n  text", YamlScalar.of("text")),
        Arguments.of("0x1F", YamlScalar.of(31)),
        Arguments.of("-0b11", YamlScalar.of(-3)),
        Arguments.of("010", YamlScalar.of(8)),
        Arguments.of("1_000", YamlScalar.of(1000)),
        Arguments.of("1:30", YamlScalar.of(90)),
        Arguments.of("0", YamlScalar.of(0)),
        Arguments.of("!!str true", YamlScalar.of("true")));
  }

  @ParameterizedTest
  @MethodSource("alreadyThere")
  void leavesAValueThatIsThereAsItIsWritten(String written, YamlScalar wanted) {
    byte[] file = utf8("key: " + written + "   # c\n");
    byte[] folded = written.startsWith(">") ? utf8("key: " + written + "\n") : file;

    YamlEdit.Result result = YamlEdit.set(folded, Map.of(List.of("key"), wanted));

    assertThat(result.changes()).isEmpty();
    assertThat(result.bytes()).isEqualTo(folded);
  }

  static Stream<Arguments> differentTypes() {
    return Stream.of(
        Arguments.of("true", YamlScalar.of("true"), "\"true\""),
        Arguments.of("'true'", YamlScalar.of(true), "true"),
        Arguments.of("no", YamlScalar.of("no"), "\"no\""),
        Arguments.of("0644", YamlScalar.of("0644"), "\"0644\""),
        Arguments.of("\"7\"", YamlScalar.of(7), "7"),
        Arguments.of("1.0", YamlScalar.of(1), "1"),
        Arguments.of("null", YamlScalar.of("null"), "\"null\""),
        Arguments.of("x", YamlScalar.of(""), "\"\""));
  }

  @ParameterizedTest
  @MethodSource("differentTypes")
  void changesAValueOfAnotherType(String written, YamlScalar wanted, String expected) {
    YamlEdit.Result result =
        YamlEdit.set(utf8("key: " + written + " # c\n"), Map.of(List.of("key"), wanted));

    assertThat(new String(result.bytes(), StandardCharsets.UTF_8))
        .isEqualTo("key: " + expected + " # c\n");
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of("a: &x {b: c}\n", "anchor", 1),
        Arguments.of("a: &x b\nc: *x\n", "anchor", 1),
        Arguments.of("a: b\n<<: {c: d}\n", "merge key", 2),
        Arguments.of("a: b\n---\nc: d\n", "several YAML documents", 3),
        Arguments.of("a: b\nc:\n  d: 1\n  d: 2\n", "stands twice", 4),
        Arguments.of("a:\n\tb: c\n", "not readable as YAML", 2),
        Arguments.of("a: [b\n", "not readable as YAML", 2),
        Arguments.of("- a\n- b\n", "not a mapping", 1),
        Arguments.of("just text\n", "not a mapping", 1),
        Arguments.of("\n  {\"a\": 1}\n", "JSON form cannot be edited safely", 2),
        Arguments.of("a: b\rc: d\r", "line break U+000D", 1),
        Arguments.of("a: b\n# \u2028 c: d\n", "line break U+2028", 2),
        Arguments.of("file_output: text\n", "holds no mapping", 1),
        Arguments.of("file_output: [a]\n", "holds no mapping", 1),
        Arguments.of("file_output:\n- a\n", "holds no mapping", 2),
        Arguments.of("file_output: {enabled: {a: b}}\n", "not a single value", 1),
        Arguments.of("a: \u0000\n", "not readable as YAML", 0));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWhatCannotBeEditedSafely(String text, String reason, int line) {
    assertThatThrownBy(() -> YamlEdit.set(utf8(text), FILE_OUTPUT))
        .isInstanceOfSatisfying(
            YamlRefused.class,
            refused -> {
              assertThat(refused.reason()).contains(reason);
              assertThat(refused.hint()).isNotBlank();
              assertThat(refused.line().orElse(0)).isEqualTo(line);
            });
  }

  @Test
  void refusesBytesThatAreNotUtf8AndHugeFiles() {
    byte[] latin = "a: \u00e4\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] huge = utf8("a: " + "x".repeat(1 << 20) + "\n");

    assertThatThrownBy(() -> YamlEdit.set(latin, FILE_OUTPUT)).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> YamlEdit.set(huge, FILE_OUTPUT)).hasMessageContaining("bytes");
  }

  @Test
  void refusesWantedPathsThatContradictEachOther() {
    Map<List<String>, YamlScalar> wanted =
        Map.of(List.of("a"), YamlScalar.of(1), List.of("a", "b"), YamlScalar.of(2));

    assertThatThrownBy(() -> YamlEdit.set(utf8(""), wanted))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> YamlEdit.set(utf8(""), Map.of(List.of(), YamlScalar.of(1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

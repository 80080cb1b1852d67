package dev.belay.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.yaml.YamlNode.Style;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ScalarWriterTest {
  private static final String ALPHABET =
      "ab01 \t\n\r:#-?[]{},&*!|>'\"%@`\\~=<.$()+/_yYnNeExXoO\0\u0007\u0085\u00a0\u2028\u2029\uFEFF\u00e9\u4e2d";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a ",
        " a",
        "yes",
        "No",
        "on",
        "y",
        "N",
        "null",
        "~",
        "NaN",
        ".inf",
        "-.Inf",
        "0644",
        "0o17",
        "0x1F",
        "1e3",
        "1_000",
        "1:20",
        "12:30:45",
        "2001-01-01",
        ".",
        "..",
        "=",
        "<<",
        "-",
        "--",
        "---",
        "--- a",
        "...",
        "- a",
        "-a",
        "? a",
        "?a",
        ": a",
        ":a",
        "a:",
        "a: b",
        "a #b",
        "a#b",
        "#a",
        "&a",
        "*a",
        "!a",
        "!!str a",
        "%a",
        "@a",
        "`a`",
        "|",
        ">",
        "'",
        "\"",
        "it's",
        "\\",
        "a\\nb",
        "a\nb",
        "a\tb",
        "\t",
        "[a]",
        "{a: b}",
        "a,b",
        "a]",
        "}",
        "\0",
        "\u0001",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\uFFFD",
        "\uFFFE",
        "\uD83D\uDE00",
        "--audit-log-path=/var/log/x",
        "X-Remote-Extra-",
        "https://127.0.0.1:2379",
        "$(X)",
        "0.0.0.0",
        "172.18.0.3:6443",
        "true ",
        "0b1",
        "+1",
        "1.",
        ".5",
        "0x",
        "._",
        "_",
        "-_.",
        ".e+1",
        "e1",
        "\r\n",
        "a\r"
      })
  void readsBackAsTheSameString(String text) {
    assertReadsBack(text);
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void readsBackRandomStrings(Style like) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      String text = randomText(random);
      assertReadsBack(text, like, "seed " + seed + ", string " + i);
    }
  }

  @Test
  void writesPlainWhereThatIsSafeAndFollowsQuotesOtherwise() {
    YamlScalar path = YamlScalar.of("--audit-log-path=/var/log/audit.log");

    assertThat(ScalarWriter.write(path, Style.PLAIN, false)).isEqualTo(path.text());
    assertThat(ScalarWriter.write(path, Style.PLAIN, true)).isEqualTo(path.text());
    assertThat(ScalarWriter.write(path, Style.SINGLE_QUOTED, false))
        .isEqualTo("'" + path.text() + "'");
    assertThat(ScalarWriter.write(path, Style.DOUBLE_QUOTED, false))
        .isEqualTo("\"" + path.text() + "\"");
    assertThat(ScalarWriter.write(YamlScalar.of(true), Style.DOUBLE_QUOTED, false))
        .isEqualTo("true");
  }

  private static void assertReadsBack(String text) {
    for (Style like : Style.values()) {
      assertReadsBack(text, like, like.name());
    }
  }

  private static void assertReadsBack(String text, Style like, String what) {
    String block = ScalarWriter.write(YamlScalar.of(text), like, false);
    String flow = ScalarWriter.write(YamlScalar.of(text), like, true);
    Object read =
        load("k: " + block + " # c\nl: [" + flow + ", " + flow + "]\nm: {a: " + flow + "}\n");

    assertThat(read)
        .as(what)
        .isEqualTo(Map.of("k", text, "l", List.of(text, text), "m", Map.of("a", text)));
  }

  private static Object load(String yaml) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(8); left > 0; left--) {
      if (random.nextInt(12) == 0) {
        text.appendCodePoint(0x1F600 + random.nextInt(40));
      } else {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
    }
    return text.toString();
  }
}

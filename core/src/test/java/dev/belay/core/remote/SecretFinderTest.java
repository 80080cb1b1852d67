package dev.belay.core.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFinderTest {

  private static final String VALUE = "pa$$ w'ö\"rd\\<&%+/end";
  private static final String KEY =
      "-----BEGIN KEY-----\nMIIBVwIBADANBgkqhkiG9w0BAQEFAASCAUEw\nggE9AgEAAkEAq7BFUpkGp3+LQmlQ\n"
          + "-----END KEY-----\n";

  private static String masked(String secret, String text) {
    return new SecretFinder(Set.of(secret)).cover(text);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String percent(String text, boolean upper) {
    String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    String all =
        IntStream.range(0, hex.length() / 2)
            .mapToObj(i -> "%" + hex.substring(2 * i, 2 * i + 2))
            .collect(Collectors.joining());
    return upper ? all.toUpperCase(java.util.Locale.ROOT) : all;
  }

  static Stream<Arguments> forms() {
    return Stream.of(
        arguments("itself", VALUE),
        arguments("form", URLEncoder.encode(VALUE, StandardCharsets.UTF_8)),
        arguments(
            "form, lower case",
            URLEncoder.encode(VALUE, StandardCharsets.UTF_8).replace("%5C", "%5c")),
        arguments("every byte in percent", percent(VALUE, true)),
        arguments("the same in lower case", percent(VALUE, false)),
        arguments("JSON", VALUE.replace("\\", "\\\\").replace("\"", "\\\"")),
        arguments(
            "JSON in ASCII",
            VALUE.replace("\\", "\\\\").replace("\"", "\\\"").replace("ö", "\\u00f6")),
        arguments(
            "JSON with slashes",
            VALUE.replace("\\", "\\\\").replace("\"", "\\u0022").replace("/", "\\/")),
        arguments("shell", Sh.quote(VALUE).replaceAll("^'|'$", "")),
        arguments("shell, other quotes", VALUE.replace("'", "'\"'\"'")),
        arguments("shell with backslashes", VALUE.replaceAll("([^a-zö])", "\\\\$1")),
        arguments("YAML, single quotes", VALUE.replace("'", "''")),
        arguments(
            "YAML, double quotes",
            VALUE.replace("\\", "\\\\").replace("\"", "\\\"").replace("ö", "\\xf6")),
        arguments("XML", VALUE.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&#34;")),
        arguments("hexadecimal", HexFormat.of().formatHex(VALUE.getBytes(StandardCharsets.UTF_8))),
        arguments("wrapped", VALUE.substring(0, 8) + "\n    " + VALUE.substring(8)),
        arguments("wrapped in JSON", "pa$$ w'ö\\\"r\\nd\\\\<&%+/end"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void coversTheFormAndNothingElse(String name, String form) {
    assertThat(masked(VALUE, "a: \"" + form + "\", b"))
        .as(name)
        .isEqualTo("a: \"" + Secret.MASK + "\", b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "xy", "xyz", "user=admin&password="})
  void findsBase64WhereverItBegins(String before) {
    for (String after : List.of("", "1", "12", "123")) {
      String plain = base64(before + VALUE + after);
      assertThat(masked(VALUE, plain)).contains(Secret.MASK).isNotEqualTo(plain);
      assertThat(left(masked(VALUE, plain))).isLessThanOrEqualTo(base64(before).length() + 8);
      assertThat(masked(VALUE, plain.replace('+', '-').replace('/', '_'))).contains(Secret.MASK);
      assertThat(masked(VALUE, plain.replace("+", "%2B").replace("/", "%2f")))
          .contains(Secret.MASK);
      assertThat(masked(VALUE, plain.replaceAll("(.{10})", "$1\n"))).contains(Secret.MASK);
    }
  }

  private static int left(String masked) {
    return masked.replace(Secret.MASK, "").length();
  }

  @Test
  void findsEachLineOfAKey() {
    SecretFinder finder = new SecretFinder(Set.of(KEY));
    assertThat(finder.cover("got: " + KEY.lines().toList().get(1) + "!"))
        .isEqualTo("got: " + Secret.MASK + "!");
    assertThat(finder.cover("-----BEGIN KEY-----")).isEqualTo("-----BEGIN KEY-----");
    assertThat(finder.cover("key: |\n  " + KEY.strip().replace("\n", "\n  ") + "\nmore: 1"))
        .isEqualTo("key: |\n  " + Secret.MASK + "\nmore: 1");
    assertThat(finder.cover("{\"key\":\"" + KEY.replace("\n", "\\n") + "\"}"))
        .isEqualTo("{\"key\":\"" + Secret.MASK + "\\n\"}");
    String mime =
        Base64.getMimeEncoder(20, new byte[] {'\n'})
            .encodeToString(KEY.getBytes(StandardCharsets.UTF_8));
    assertThat(left(finder.cover(mime))).isLessThan(6);
  }

  @Test
  void findsItWithoutTheLineEndOfItsFile() {
    assertThat(masked("hunter22\n", "x hunter22 y")).isEqualTo("x " + Secret.MASK + " y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "abc", "   \n ", "ab \n", "****", "******"})
  void passesOverWhatIsTooShort(String value) {
    String text = "abc a ab **** ****** \n  " + base64(value);
    assertThat(masked(value, text)).isEqualTo(text);
  }

  @Test
  void coversNeighboursTogetherAndKeepsTheRest() {
    SecretFinder finder = new SecretFinder(Set.of("first-one", "one-more", "größe"));
    assertThat(finder.cover("<first-one-more> ö größe😀"))
        .isEqualTo("<" + Secret.MASK + "> ö " + Secret.MASK + "😀");
    String none = "nothing \\u00 %zz &foo; \\ ' 100% \uD800";
    assertThat(finder.cover(none)).isSameAs(none);
    assertThat(finder.finds("x first-one".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(finder.finds("x first".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  /** Whatever the text is like: nothing breaks, and a secret planted in it is found. */
  @Test
  void findsItInAnyText() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String signs = "ab%+\\'\"&;#x0n\nu \r=Zö😀";
    for (int i = 0; i < 3000; i++) {
      String secret = any(random, signs, 4 + random.nextInt(12)) + "Qz7.";
      String text = any(random, signs, random.nextInt(40));
      String quiet = text.replaceAll("[%\\\\&'+]", "_");
      String whole = quiet + secret + quiet;
      assertThat(masked(secret, whole)).as("seed %d", seed).contains(Secret.MASK);
      masked(secret, text + secret + text);
      assertThat(masked(secret, base64(text + secret + text))).as("seed %d", seed).contains("***");
    }
  }

  private static String any(Random random, String signs, int length) {
    int[] points = signs.codePoints().toArray();
    return random
        .ints(length, 0, points.length)
        .mapToObj(i -> Character.toString(points[i]))
        .collect(Collectors.joining());
  }
}

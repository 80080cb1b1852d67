package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {

  @ParameterizedTest
  @CsvSource({
    "plain caf\u00e9 \u65e5\u672c, plain caf\u00e9 \u65e5\u672c",
    "'\u001b[31m', '\\x1b[31m'",
    "'\u009b31m', '\\x9b31m'",
    "'a\nb\tc\rd', 'a\\nb\\tc\\rd'",
    "'\u0000\u007f', '\\x00\\x7f'",
    "'\u202eevil\u2066', '\\u202eevil\\u2066'",
    "'\u2028', '\\u2028'",
    "'\ufeff', '\\ufeff'",
    "'\ud83d\ude00', '\ud83d\ude00'"
  })
  void showsWhatIsNotVisible(String text, String shown) {
    assertThat(SafeText.line(text)).isEqualTo(shown);
  }

  @Test
  void showsHalvesOfCharacters() {
    assertThat(SafeText.line("a\ud83d")).isEqualTo("a\\ud83d");
  }

  @Test
  void keepsTabsOfContent() {
    assertThat(SafeText.content("\ta\n")).isEqualTo("\ta\\n");
  }

  @Test
  void takesTextApartIntoLines() {
    assertThat(SafeText.lines("a\r\n\nb\rc\n\n")).containsExactly("a", "", "b\\rc");
  }

  @Test
  void cutsBetweenCharacters() {
    assertThat(SafeText.cut("abcd", 4)).isEqualTo("abcd");
    assertThat(SafeText.cut("abcde", 4)).isEqualTo("abcd … (1 more characters)");
    assertThat(SafeText.cut("abc\ud83d\ude00", 4)).isEqualTo("abc … (2 more characters)");
  }
}

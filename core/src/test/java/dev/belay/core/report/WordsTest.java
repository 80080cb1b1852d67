package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "440, 0.4 s",
    "9960, 9.9 s",
    "10000, 10 s",
    "59999, 59 s",
    "64000, 1 min 04 s",
    "3600000, 1 h 00 min",
    "90061000, 25 h 01 min"
  })
  void tellsTime(long millis, String text) {
    assertThat(Words.time(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 hosts", "1, 1 host", "1200, '1,200 hosts'"})
  void counts(long count, String text) {
    assertThat(Words.count(count, "host")).isEqualTo(text);
  }
}

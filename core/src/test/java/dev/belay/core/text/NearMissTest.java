package dev.belay.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMissTest {

  private static final List<String> KNOWN = List.of("group", "hosts", "vars", "children", "cp1");

  @ParameterizedTest
  @CsvSource({
    "groups,group",
    "grup,group",
    "HOSTS,hosts",
    "host,hosts",
    "chidlren,children",
    "vasr,vars",
    "cp2,cp1"
  })
  void findsTheWordMeant(String word, String meant) {
    assertThat(NearMiss.of(word, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"x", "zz", "colour", "cp", "grotesque"})
  void guessesNothingFarOff(String word) {
    assertThat(NearMiss.of(word, KNOWN)).isEmpty();
  }

  @Test
  void asksNothingWhereItGuessesNothing() {
    assertThat(NearMiss.question("zz", KNOWN)).isEmpty();
    assertThat(NearMiss.question("host", KNOWN)).isEqualTo("; did you mean \"hosts\"?");
  }
}

package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourTest {

  @ParameterizedTest
  @CsvSource({
    "auto, true, '', true",
    "auto, false, '', false",
    "auto, true, NO_COLOR=1, false",
    "auto, true, NO_COLOR=, true",
    "auto, false, FORCE_COLOR=1, true",
    "auto, true, FORCE_COLOR=0, false",
    "auto, true, FORCE_COLOR=false, false",
    "auto, false, FORCE_COLOR=1 NO_COLOR=1, false",
    "auto, true, CI=true, false",
    "auto, true, CI=false, true",
    "auto, true, CI=true FORCE_COLOR=3, true",
    "auto, true, TERM=dumb, false",
    "always, false, NO_COLOR=1 CI=true, true",
    "never, true, FORCE_COLOR=1, false"
  })
  void decides(String word, boolean terminal, String environment, boolean on) {
    Map<String, String> variables = new HashMap<>();
    for (String pair : environment.isEmpty() ? new String[0] : environment.split(" ")) {
      variables.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    assertThat(Colour.of(word).on(terminal, variables)).isEqualTo(on);
  }

  @Test
  void refusesOtherWords() {
    assertThatThrownBy(() -> Colour.of("yes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("colour is auto, always or never, got \"yes\"");
  }
}

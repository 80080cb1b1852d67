package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellWidthTest {

  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "'', 0",
    "\u00e4\u00f6, 2",
    "a\u0308, 1",
    "\u65e5\u672c, 4",
    "\uff21, 2",
    "\ud55c\uae00, 4",
    "\ud83d\ude80, 2",
    "\u2026, 1",
    "\u203a, 1"
  })
  void countsCells(String text, int cells) {
    assertThat(CellWidth.of(text)).isEqualTo(cells);
  }

  @ParameterizedTest
  @CsvSource({
    "abcdef, 6, abcdef",
    "abcdef, 5, abcd\u2026",
    "\u65e5\u672c\u8a9e, 5, \u65e5\u672c\u2026",
    "\u65e5\u672c\u8a9e, 4, \u65e5\u2026",
    "abc, 1, \u2026",
    "abc, 0, ''"
  })
  void cutsToCells(String text, int most, String wanted) {
    assertThat(CellWidth.cut(text, most)).isEqualTo(wanted);
    assertThat(CellWidth.of(CellWidth.cut(text, most))).isLessThanOrEqualTo(most);
  }

  @Test
  void fillsUpToCells() {
    assertThat(CellWidth.fill("\u65e5", 4)).isEqualTo("\u65e5  ");
  }
}

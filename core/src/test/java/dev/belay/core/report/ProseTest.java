package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProseTest {

  private static final String TEXT = "the quick brown fox jumps over the lazy dog";

  @Test
  void breaksBetweenWords() {
    assertThat(Prose.wrap(TEXT, 20))
        .containsExactly("the quick brown fox", "jumps over the lazy", "dog");
  }

  @Test
  void leavesWhatFits() {
    assertThat(Prose.wrap(TEXT, TEXT.length())).containsExactly(TEXT);
    assertThat(Prose.wrap(TEXT, 0)).containsExactly(TEXT);
    assertThat(Prose.wrap(TEXT, 5)).containsExactly(TEXT);
  }

  @Test
  void leavesLongWordsWhole() {
    String path = "/a/very/long/path/that/fits/on/no/line";
    assertThat(Prose.wrap("see " + path + " please", 20)).containsExactly("see", path, "please");
    assertThat(Prose.wrap(path, 20)).containsExactly(path);
  }

  @Test
  void keepsTheIndentOfTheLine() {
    assertThat(Prose.wrap("      a-word-that-is-too-long and more", 20))
        .containsExactly("      a-word-that-is-too-long", "and more");
  }
}

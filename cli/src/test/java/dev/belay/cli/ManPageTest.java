package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPageTest {

  @TempDir Path folder;

  @Test
  void isTakenByTroffWithoutAWarning() throws Exception {
    Path page = Files.writeString(folder.resolve("belay.1"), ManPage.page());
    Process troff =
        new ProcessBuilder("groff", "-man", "-ww", "-Tascii", page.toString())
            .redirectError(folder.resolve("warnings").toFile())
            .start();
    String text = new String(troff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(troff.waitFor()).isZero();
    assertThat(folder.resolve("warnings")).isEmptyFile();
    String plain = text.replaceAll(".\b", ""); // bold and underlined letters are struck twice
    for (Flag flag : Flag.values()) {
      assertThat(plain).contains("--" + flag.word());
    }
    assertThat(plain)
        .contains("belay rollback [FILE.java] PATTERN [RUN]", "130 interrupted", "BELAY_FORKS");
  }
}

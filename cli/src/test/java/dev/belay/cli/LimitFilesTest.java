package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitFilesTest {

  @TempDir Path folder;

  @Test
  void putsTheLinesOfAFileInItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("retry"), "# of yesterday\ncp1\n\n web[0:1] \n");
    assertThat(CommandLineReader.read("check", "A.java", "-l", "db1,@" + file + ",!cp9").limit())
        .contains("db1,cp1,web[0:1],!cp9");
  }

  @Test
  void neverTakesAFileThatSaysNothingForAllHosts() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n# nobody\n");
    assertThatThrownBy(() -> LimitFiles.expanded("@" + empty))
        .isInstanceOf(ComplaintException.class)
        .hasMessageContaining("names no host");
    assertThatThrownBy(() -> LimitFiles.expanded("@" + folder.resolve("none")))
        .isInstanceOf(ComplaintException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void leavesOthersAsTheyAre() {
    assertThat(LimitFiles.expanded("web:&db,!cp[1:2]")).isEqualTo("web:&db,!cp[1:2]");
  }
}

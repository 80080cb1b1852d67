package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DefaultsTest {

  private static final String FILE =
      """
      inventory: [hosts.yaml, 'cp9,']
      forks: 20
      become: true
      junit-fail-on-change: no
      tags: a, b
      """;

  @TempDir Path folder;

  @BeforeEach
  void keepToOurselves() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private void write(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("belay.yaml"), yaml);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private Invocation read(Map<String, String> environment, String... args) {
    return CommandLineReader.read(Defaults.of(environment, folder), args);
  }

  @Test
  void sayWhatTheCommandLineDoesNot() throws IOException {
    write(FILE);
    Invocation read = read(Map.of("BELAY_USER", "jo", "BELAY_DIFF", "1"), "check", "A.java");
    assertThat(read.inventories()).containsExactly("hosts.yaml", "cp9,");
    assertThat(read.forks()).isEqualTo(20);
    assertThat(read.user()).contains("jo");
    assertThat(read.tags()).containsExactlyInAnyOrder("a", "b");
    assertThat(read.flags())
        .contains(Flag.BECOME, Flag.DIFF)
        .doesNotContain(Flag.JUNIT_FAIL_ON_CHANGE);
  }

  @Test
  void giveWayToTheCommandLineAndTheFileToTheEnvironment() throws IOException {
    write(FILE);
    Map<String, String> environment = Map.of("BELAY_FORKS", "30", "BELAY_BECOME", "false");
    assertThat(read(environment, "check").forks()).isEqualTo(30);
    assertThat(read(environment, "check").has(Flag.BECOME)).isFalse();
    assertThat(read(environment, "check", "-f", "40", "-i", "h,").forks()).isEqualTo(40);
    assertThat(read(environment, "check", "-i", "h,").inventories()).containsExactly("h,");
  }

  @Test
  void arePassedOverWhereTheCommandDoesNotTakeThem() throws IOException {
    write("tags: a\nforks: 3\n");
    Invocation runs = read(Map.of("BELAY_YES", "1"), "runs", "all");
    assertThat(runs.tags()).isEmpty();
    assertThat(runs.flags()).containsExactly(Flag.FORKS);
    assertThat(read(Map.of(), "demo").flags()).isEmpty();
  }

  @Test
  void mayBeMissing() throws IOException {
    assertThat(read(Map.of(), "check").flags()).isEmpty();
    write("# nothing yet\n");
    assertThat(read(Map.of("BELAY_FORKS", ""), "check").flags()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void knowEveryOptionThatIsNoCommand(Flag flag) {
    String name = "BELAY_" + flag.word().replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    String value = flag.takesValue() ? "7" : "yes";
    assertThat(Defaults.of(Map.of(name, value), folder).of(flag).isPresent())
        .isEqualTo(flag.hasDefault());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fork: 3           | line 1: there is no option fork     | did you mean forks?
          help: true        | line 1: there is no option help     | take the line away
          forks: [1, 2]     | line 1 cannot be understood         | one value for forks
          forks: {a: 1}     | line 1 cannot be understood         | a value for forks
          forks:            | line 1 cannot be understood         | none
          forks: many       | belay.yaml line 1: forks is not     | many
          become: perhaps   | line 1: become is neither yes nor no| perhaps
          - forks           | line 1 cannot be understood         | a mapping of options
          'a: b: c'         | belay.yaml cannot be understood     | YAML
          color: blue       | line 1: color is auto, always or never | blue
          """)
  void sayWhereTheyAreWrong(String yaml, String headline, String detail) throws IOException {
    write(yaml + "\n");
    assertThatThrownBy(() -> read(Map.of(), "check"))
        .isInstanceOfSatisfying(
            ComplaintException.class,
            complaint -> assertThat(complaint.text()).contains(headline).contains(detail));
  }

  @Test
  void nameTheVariableThatIsWrong() {
    assertThatThrownBy(() -> read(Map.of("BELAY_TIMEOUT", "soon"), "check"))
        .hasMessageContaining("BELAY_TIMEOUT is not a number");
    assertThatThrownBy(() -> read(Map.of("BELAY_JSON", "soon"), "check"))
        .hasMessageContaining("BELAY_JSON is neither yes nor no");
  }

  @ParameterizedTest
  @CsvSource({"rwx------,rw-rw-rw-", "rwxrwxrwx,rw-r--r--"})
  void areRefusedWhereEverybodyMayWriteThem(String directory, String file) throws IOException {
    write(FILE);
    Files.setPosixFilePermissions(
        folder.resolve("belay.yaml"), PosixFilePermissions.fromString(file));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(directory));
    assertThatThrownBy(() -> read(Map.of(), "check"))
        .isInstanceOfSatisfying(
            ComplaintException.class,
            complaint -> {
              assertThat(complaint.code().code()).isEqualTo(5);
              assertThat(complaint.text()).contains("may be written by everybody");
            });
  }
}

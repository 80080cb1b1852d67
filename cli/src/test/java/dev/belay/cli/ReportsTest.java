package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.plan.Problem;
import dev.belay.core.run.Recap;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunEvent.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {

  private static final Map<String, String> GITHUB = Map.of("GITHUB_ACTIONS", "true", "CI", "true");

  @TempDir Path folder;
  private final Heard heard = new Heard();

  private void tell(Map<String, String> environment, String... words) {
    List<String> line = new ArrayList<>(List.of("apply", "-i", "a,", "-y"));
    line.addAll(Arrays.asList(words));
    Invocation options = CommandLineReader.read(line.toArray(new String[0]));
    try (RunReport report = Reports.of(options, heard.streams(Terminal.NONE), false, environment)) {
      events().forEach(report);
    }
  }

  private static List<RunEvent> events() {
    Problem problem = new Problem("x", "y", "nothing written", "mend it");
    RunEvent.Started started = new RunEvent.Started(Kind.APPLY, "Site", "R1", List.of("a"));
    RunEvent.Failed failed =
        new RunEvent.Failed("a", "Site", "web", "conf", "Site.java:7", problem, List.of(), false);
    Recap recap = Recap.of(started).plus(failed);
    return List.of(
        started,
        new RunEvent.Connected("a", Duration.ofMillis(10)),
        new RunEvent.Began("a", "web", "conf"),
        failed,
        new RunEvent.HostEnded("a", 1, Duration.ofMillis(20)),
        new RunEvent.Ended(recap, Duration.ofMillis(30)));
  }

  @Test
  void marksLinesWhereGithubRunsIt() {
    tell(GITHUB);
    assertThat(heard.out())
        .startsWith("::stop-commands::")
        .contains("\n::error file=Site.java,line=7,title=a failed%3A conf::wanted: x%0Agot: y%0A");
    String last = heard.out().lines().reduce((first, second) -> second).orElseThrow();
    assertThat(heard.out()).startsWith("::stop-commands::" + last.replace(":", "") + "\n");
  }

  @Test
  void marksNothingWhereNobodyAsked() {
    tell(Map.of());
    tell(GITHUB, "--annotations", "none");
    assertThat(heard.out()).doesNotContain("::");
  }

  @Test
  void keepsStandardOutputPureJson() {
    tell(GITHUB, "--json", "--slowest", "3");
    assertThat(heard.out().lines()).allMatch(line -> line.startsWith("{\"v\":1,\"type\":"));
    assertThat(heard.err()).contains("::error file=Site.java,line=7");
  }

  @Test
  void writesAPageAndALogBeside() throws IOException {
    Path page = folder.resolve("run.html");
    Path log = folder.resolve("run.log");
    tell(Map.of(), "--report", page.toString(), "--log", log.toString());
    tell(Map.of(), "--report", page.toString(), "--log", log.toString());
    assertThat(page).content().contains("<h1><bdi>Site</bdi></h1>", "mend it");
    List<String> lines = Files.readAllLines(log);
    assertThat(lines).allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[:0-9]{8}\\.\\d{3}Z .*"));
    assertThat(lines).filteredOn(line -> line.endsWith("run R1 begins")).hasSize(2);
    for (Path file : List.of(page, log)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--report", "--log", "--junit"})
  void refusesAFileThatCannotBeWrittenBeforeAnyHostIsTouched(String flag) {
    for (String file : List.of(folder.toString(), folder.resolve("none/x").toString())) {
      assertThatThrownBy(() -> tell(Map.of(), flag, file))
          .isInstanceOf(ComplaintException.class)
          .hasMessageContaining("cannot be written");
    }
  }

  @Test
  void goesOnWhenAReportCannotBeWrittenAtTheEnd() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path page = inner.resolve("run.html");
    Invocation options = CommandLineReader.read("check", "-i", "a,", "--report", page.toString());
    try (RunReport report = Reports.of(options, heard.streams(Terminal.NONE), false, Map.of())) {
      Files.delete(inner);
      events().forEach(report);
    }
    assertThat(heard.err()).contains("belay: the report " + page + " cannot be written");
    assertThat(heard.out()).contains("PLAY RECAP");
  }

  @Test
  void tellsTheSlowestTasksWhereAsked() {
    tell(Map.of(), "--slowest", "3");
    assertThat(heard.out()).endsWith("SLOWEST TASKS\n  no task took any time\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--annotations gitlab", "--slowest 0", "--slowest many"})
  void refusesWhatMakesNoSense(String words) {
    assertThatThrownBy(() -> tell(Map.of(), words.split(" ")))
        .isInstanceOf(ComplaintException.class);
  }
}

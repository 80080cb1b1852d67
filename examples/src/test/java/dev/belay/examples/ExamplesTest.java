package dev.belay.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.host.ClusterObjects;
import dev.belay.testkit.host.EmbeddedHost;
import dev.belay.testkit.host.IncidentLogs;
import dev.belay.testkit.host.WatchedContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {

  @TempDir Path temp;

  /** A compact source file needs Java 25; on an older one the others remain. */
  static List<Path> examples() throws IOException {
    boolean compact = Runtime.version().feature() >= 25;
    try (Stream<Path> files = Files.list(BelayProcess.top().resolve("examples"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> compact || !file.getFileName().toString().equals("Compact.java"))
          .map(BelayProcess.top()::relativize)
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isCheckedAppliedCheckedAgainAndRolledBack(Path example) throws Exception {
    try (EmbeddedHost host = EmbeddedHost.start()) {
      host.run("touch /opt/app.before");
      host.run(arrange(example));
      BelayProcess belay = new BelayProcess(host, temp);
      String file = example.toString();
      exits(2, belay.run("check", file, "--diff", "--detailed-exitcode"));
      exits(0, belay.run("apply", file, "-y"));
      exits(0, belay.run("check", file, "--detailed-exitcode"));
      BelayProcess.Result runs = belay.run("runs", "cp1");
      exits(0, runs);
      assertThat(runs.output()).contains("applied");
      BelayProcess.Result back = belay.run("rollback", "cp1", "-y");
      String text = Files.readString(BelayProcess.top().resolve(example));
      boolean oneWay = text.contains("command(") && !text.contains(".undoneBy(");
      exits(oneWay ? 1 : 0, back);
      exits(2, belay.run("check", file, "--detailed-exitcode"));
    }
  }

  private static String arrange(Path example) {
    return switch (example.getFileName().toString()) {
      case "IncidentReport.java" -> IncidentLogs.arrange();
      case "Immutable.java" -> ClusterObjects.challenge4().deployment("citadel", "web").arrange();
      case "ClusterObjects.java" -> ClusterObjects.challenge4().arrange();
      case "GuiltyPods.java" ->
          ClusterObjects.namespaces("team-red")
                  .statefulSet("team-red", "trio", 3)
                  .pod("team-red", "alone", "")
                  .arrange()
              + " && "
              + WatchedContainers.NONE
                  .idle("team-red", "trio-0", "c")
                  .killing("team-red", "trio-1", "c")
                  .killing("team-red", "alone", "c")
                  .arrange();
      case "Challenge4.java" ->
          IncidentLogs.arrange() + " && " + ClusterObjects.challenge4().arrange();
      default -> ":";
    };
  }

  @ParameterizedTest
  @MethodSource("examples")
  void staysShortEnoughToReadAtAGlance(Path example) throws IOException {
    assertThat(Files.readAllLines(BelayProcess.top().resolve(example))).hasSizeLessThan(30);
  }

  private static void exits(int code, BelayProcess.Result result) {
    assertThat(result.exit()).as(result.output()).isEqualTo(code);
  }
}

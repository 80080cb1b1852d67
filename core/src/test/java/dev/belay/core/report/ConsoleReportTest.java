package dev.belay.core.report;

import static dev.belay.core.report.SampleRuns.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.change.Diff;
import dev.belay.core.plan.Problem;
import dev.belay.core.remote.Content;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunEvent.Kind;
import dev.belay.core.run.RunEvent.Status;
import dev.belay.core.step.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConsoleReportTest {

  private static final ConsoleLook DIFFS = ConsoleLook.PLAIN.withDiffs();

  static Stream<Arguments> transcripts() {
    return Stream.of(
        Arguments.of("check.txt", SampleRuns.check(), DIFFS.withColumns(80)),
        Arguments.of("check-short.txt", SampleRuns.check(), ConsoleLook.PLAIN),
        Arguments.of("rolled-back.txt", SampleRuns.rolledBack(), DIFFS.withColumns(120)),
        Arguments.of("fleet.txt", SampleRuns.fleet(), DIFFS),
        Arguments.of("fleet-80.txt", SampleRuns.fleet(), ConsoleLook.PLAIN.withColumns(80)),
        Arguments.of("incomplete.txt", SampleRuns.incomplete(), DIFFS));
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void tells(String file, List<RunEvent> events, ConsoleLook look) throws IOException {
    try (InputStream expected = ConsoleReportTest.class.getResourceAsStream(file)) {
      assertThat(report(look, events))
          .isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void saysTheSameWithAndWithoutColour(String file, List<RunEvent> events, ConsoleLook look) {
    String coloured = report(look.withColour(), events);
    assertThat(coloured).contains("\u001b[");
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]+m", "")).isEqualTo(report(look, events));
  }

  @Test
  void coloursByStatus() {
    String text =
        report(
            ConsoleLook.PLAIN.withColour(),
            List.of(
                started(Kind.CHECK, "a"),
                task("a", "p", "t", Status.OK),
                task("a", "p", "t", Status.CHANGED),
                task("a", "p", "t", Status.WOULD_CHANGE),
                task("a", "p", "t", Status.MAY_CHANGE),
                task("a", "p", "t", Status.SKIPPED),
                task("a", "p", "t", Status.FAILED)));
    assertThat(text)
        .contains("\u001b[32mok\u001b[0m")
        .contains("\u001b[33mchanged\u001b[0m")
        .contains("\u001b[33mwould change\u001b[0m")
        .contains("\u001b[35mmay change\u001b[0m")
        .contains("\u001b[36mskipped\u001b[0m")
        .contains("\u001b[31mfailed\u001b[0m");
  }

  @Test
  void coloursDiffsByTheirSign() {
    String text = report(DIFFS.withColour(), SampleRuns.rolledBack());
    assertThat(text)
        .contains("\u001b[36m@@ -9,5 +9,4 @@\u001b[0m")
        .contains("\u001b[32m+kind: Policy\u001b[0m")
        .contains("\u001b[31m-    - --audit-log-pth=");
  }

  @Test
  void saysRefusedWhereNothingWasTried() {
    Problem problem = new Problem("to be alone", "locked by jo@laptop", "nothing written", "wait");
    RunEvent refused = new RunEvent.Failed("a", "book", "p", "t", "", problem, List.of(), true);
    assertThat(report(ConsoleLook.PLAIN, List.of(started(Kind.APPLY, "a"), refused)))
        .endsWith(
            """

            REFUSED  a › book › p › t
              wanted  to be alone
              got     locked by jo@laptop
              state   nothing written
              do      wait
            """);
  }

  @Test
  void leavesOutTheFirstOfManyLines() {
    String got = IntStream.rangeClosed(1, 50).mapToObj(i -> "line " + i).collect(lines());
    RunEvent failed =
        new RunEvent.Failed("a", "b", "p", "t", "", new Problem("", got, "", ""), List.of(), false);
    assertThat(report(ConsoleLook.PLAIN, List.of(failed)))
        .isEqualTo(
            "FAILED  a › b › p › t\n  got     (30 earlier lines left out)\n"
                + IntStream.rangeClosed(31, 50)
                    .mapToObj(i -> "          line " + i + "\n")
                    .collect(Collectors.joining()));
  }

  @Test
  void alwaysGivesAReasonForMayChange() {
    assertThat(
            report(
                ConsoleLook.PLAIN,
                List.of(started(Kind.CHECK, "a"), task("a", "p", "t", Status.MAY_CHANGE))))
        .endsWith("  may change    t\n    (no reason was given)\n");
  }

  @Test
  void tellsTimeWhereItIsNotable() {
    assertThat(report(ConsoleLook.PLAIN, List.of(took(100)))).isEqualTo("changed       a  p › t\n");
    assertThat(report(ConsoleLook.PLAIN, List.of(took(101))))
        .isEqualTo("changed       a  p › t  0.1 s\n");
  }

  @Test
  void namesTheHostOnEveryLineWhereThereAreSeveral() {
    Problem problem = new Problem("w", "g", "s", "d");
    String text =
        report(
            ConsoleLook.PLAIN,
            List.of(
                started(Kind.APPLY, "host-a", "host-b"),
                task("host-a", "p", "t", Status.OK),
                task("host-b", "p", "t", Status.SKIPPED),
                new RunEvent.Warned("host-a", "t", "careful"),
                new RunEvent.Undone("host-b", "write /x", List.of(), false),
                new RunEvent.RolledBack("host-b", "RUN", List.of()),
                new RunEvent.RolledBack("host-a", "RUN", List.of("/y")),
                new RunEvent.WouldGuard("host-a", "A.java:1", Duration.ofMinutes(1), List.of()),
                new RunEvent.Kept("host-b", "A.java:1", List.of("unit ssh is active")),
                new RunEvent.Failed("host-b", "b", "p", "t", "", problem, List.of(), false),
                new RunEvent.Unreachable("host-a", problem),
                new RunEvent.NotReached("host-b", "stopped")));
    assertThat(text.lines().skip(1).filter(line -> line.matches("\\S.*")))
        .hasSize(11)
        .allMatch(line -> line.contains("host-a") || line.contains("host-b"));
  }

  @Test
  void putsAWarningBelowItsTask() {
    List<RunEvent> events =
        List.of(
            started(Kind.APPLY, "a"),
            task("a", "p", "t", Status.OK),
            new RunEvent.Warned("a", "t", "one\ntwo"),
            new RunEvent.Warned("a", "other", "three"));
    assertThat(report(ConsoleLook.PLAIN, events))
        .endsWith("  ok       t\n    warning: one\n             two\nwarning: other: three\n");
  }

  private static RunEvent found(int rows) {
    List<List<String>> table =
        IntStream.range(0, rows)
            .mapToObj(i -> List.of("agent-smith", "role " + i, "line\n" + "x".repeat(99)))
            .toList();
    return new RunEvent.Found(
        "a", "t", new Finding("who did it", List.of("actor", "role", "evidence"), table));
  }

  @Test
  void showsAFindingAsATableBelowItsTask() {
    List<RunEvent> events =
        List.of(
            started(Kind.APPLY, "a"),
            task("a", "p", "t", Status.OK),
            found(1),
            new RunEvent.Warned("a", "t", "careful"));
    assertThat(report(ConsoleLook.PLAIN.withColumns(60), events))
        .endsWith(
            """
              ok       t
                who did it
                  actor        role
                  agent-smith  role 0
                warning: careful
            """);
    assertThat(report(ConsoleLook.PLAIN, events))
        .contains(
            "      actor        role    evidence\n", "role 0  line\\nxxxx", "more characters");
  }

  @Test
  void cutsALongTable() {
    List<RunEvent> events = List.of(started(Kind.APPLY, "a", "b"), found(23));
    assertThat(report(ConsoleLook.PLAIN, events))
        .contains("    a: who did it\n", "role 19 ")
        .endsWith("      and 3 more rows\n")
        .doesNotContain("role 20");
  }

  @Test
  void saysDryRunAboveAndBelowACheckOfARollback() {
    List<RunEvent> events =
        SampleRuns.ended(
            List.of(
                started(Kind.CHECK_ROLLBACK, "a"),
                new RunEvent.Undone("a", "restore /x", List.of(), true)),
            Kind.CHECK_ROLLBACK,
            Duration.ZERO);
    assertThat(report(ConsoleLook.PLAIN, events))
        .startsWith("ROLLBACK book  on a\nDRY RUN  nothing is written; this is what would happen\n")
        .contains("\n  would undo    restore /x\n")
        .endsWith("\nDRY RUN  nothing was written; 1 would change, 0 may change\n");
  }

  @Test
  void capsAHugeDiffAndSaysSo() {
    String after = IntStream.range(0, 1_000).mapToObj(i -> "line " + i).collect(lines());
    Diff diff = new Diff.Text("/x", Optional.empty(), Optional.of(Content.of(after + "\n")));
    String text = report(DIFFS, List.of(started(Kind.CHECK, "a"), with(diff)));
    assertThat(text.lines().count()).isLessThan(420);
    assertThat(text)
        .endsWith("… 603 more lines of this diff are not shown; the JSON report has them all\n");
  }

  @Test
  void showsCarriageReturnsAndMissingLineFeeds() {
    Diff diff =
        new Diff.Text("/x", Optional.of(Content.of("a\n")), Optional.of(Content.of("a\r\nb")));
    assertThat(report(DIFFS, List.of(started(Kind.CHECK, "a"), with(diff))))
        .endsWith("    -a\n    +a\\r\n    +b\n    \\ No newline at end of file\n");
  }

  @Test
  void fallsSilentWhenNobodyReads() {
    int[] calls = {0};
    Appendable broken =
        new Appendable() {
          @Override
          public Appendable append(CharSequence text) throws IOException {
            calls[0]++;
            throw new IOException("Broken pipe");
          }

          @Override
          public Appendable append(CharSequence text, int start, int end) throws IOException {
            return append(text);
          }

          @Override
          public Appendable append(char c) throws IOException {
            return append(String.valueOf(c));
          }
        };
    ConsoleReport report = new ConsoleReport(broken, ConsoleLook.PLAIN);
    SampleRuns.check().forEach(report);
    assertThat(calls[0]).isEqualTo(1);
  }

  private static RunEvent.Started started(Kind kind, String... hosts) {
    return new RunEvent.Started(kind, "book", "RUN", List.of(hosts));
  }

  private static RunEvent took(long millis) {
    Duration time = Duration.ofMillis(millis);
    return new RunEvent.TaskEnded(
        "a", "p", "t", false, "", Status.CHANGED, List.of(), List.of(), "", time);
  }

  private static RunEvent with(Diff diff) {
    return new RunEvent.TaskEnded(
        "a", "p", "t", false, "", Status.CHANGED, List.of(), List.of(diff), "", Duration.ZERO);
  }

  static String report(ConsoleLook look, List<RunEvent> events) {
    StringBuilder text = new StringBuilder();
    events.forEach(new ConsoleReport(text, look));
    return text.toString();
  }

  private static java.util.stream.Collector<CharSequence, ?, String> lines() {
    return Collectors.joining("\n");
  }
}

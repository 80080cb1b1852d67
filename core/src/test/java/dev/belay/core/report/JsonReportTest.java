package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.core.change.Diff;
import dev.belay.core.remote.Content;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunEvent.Status;
import dev.belay.core.step.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  static Stream<List<RunEvent>> runs() {
    return Stream.of(
        SampleRuns.check(), SampleRuns.rolledBack(), SampleRuns.fleet(), SampleRuns.incomplete());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void writesOneVersionedObjectALine(List<RunEvent> events) {
    List<JsonNode> lines = report(events);
    assertThat(lines).hasSize(events.size() + 1);
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.get("v").asInt()).isEqualTo(1);
              assertThat(line.get("type").asString()).matches("[a-z_]+");
              assertThat(line.propertyNames()).allMatch(key -> key.matches("[a-z0-9_]+"));
            });
    assertThat(lines.get(0).get("type").asString()).isEqualTo("started");
  }

  @Test
  void writesAFindingAsRowsOfNamedTexts() {
    Finding finding =
        new Finding(
            "who", List.of("actor", "role"), List.of(List.of("a\"b", "r"), List.of("c", "d")));
    JsonNode line = report(List.of(new RunEvent.Found("cp1", "t", finding))).get(0);
    assertThat(line.get("type").asString()).isEqualTo("found");
    assertThat(line.get("title").asString()).isEqualTo("who");
    assertThat(line.at("/rows/0/actor").asString()).isEqualTo("a\"b");
    assertThat(line.at("/rows/1/role").asString()).isEqualTo("d");
  }

  @Test
  void endsWithTheRecap() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SampleRuns.rolledBack().forEach(new JsonReport(out));
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text)
        .endsWith(
            "\n{\"v\":1,\"type\":\"recap\",\"hosts\":{\"cp1\":{\"ok\":2,\"changed\":1,"
                + "\"would_change\":0,\"may_change\":0,\"failed\":1,\"unreachable\":0,"
                + "\"skipped\":0,\"ignored\":0,\"rescued\":0,\"rolled_back\":2,\"remaining\":0,\"not_reached\":0,"
                + "\"refused\":0}}}\n");
  }

  @Test
  void tellsEachEventByItsType() {
    List<String> types = new ArrayList<>();
    runs().forEach(run -> report(run).forEach(line -> types.add(line.get("type").asString())));
    assertThat(types)
        .contains("started", "connected", "task", "warning", "failed", "unreachable")
        .contains("undone", "rolled_back", "not_reached", "host_ended", "ended", "recap");
  }

  @Test
  void writesATask() {
    JsonNode task = report(SampleRuns.check()).get(3);
    assertThat(task.toString())
        .startsWith(
            "{\"v\":1,\"type\":\"task\",\"host\":\"cp1\",\"play\":\"audit\","
                + "\"task\":\"audit policy\",\"handler\":false,\"source\":\"A.java:7\","
                + "\"status\":\"would_change\",\"summaries\":[\"write ")
        .endsWith("\"note\":\"\",\"elapsed_ms\":0}");
  }

  @Test
  void writesDifferencesOfAllKinds() {
    Optional<Content> one = Optional.of(Content.of("one\u00e9\r\n"));
    Optional<Content> two = Optional.of(Content.of("two"));
    Content nul = Content.of("\0");
    JsonNode diffs =
        diffs(
            new Diff.Line("mode", "0644", "0600"),
            new Diff.Text("/a", one, two),
            new Diff.Text("/b", Optional.empty(), Optional.of(nul)),
            new Diff.Text("/c", one, two.map(Content::asSecret)),
            new Diff.Text("/d", one, one));
    assertThat(diffs.get(0).toString())
        .isEqualTo("{\"subject\":\"mode\",\"before\":\"0644\",\"after\":\"0600\"}");
    assertThat(diffs.get(1).get("unified").asString())
        .isEqualTo(
            "--- before: /a\n+++ after: /a\n@@ -1,1 +1,1 @@\n-one\u00e9\r\n+two\n"
                + "\\ No newline at end of file\n");
    assertThat(diffs.get(2).toString())
        .isEqualTo(
            "{\"subject\":\"/b\",\"not_shown\":\"binary\",\"after_bytes\":1,\"after_sha256\":\""
                + nul.sha256()
                + "\"}");
    assertThat(diffs.get(3).toString()).isEqualTo("{\"subject\":\"/c\",\"secret\":true}");
    assertThat(diffs.get(4).toString()).isEqualTo("{\"subject\":\"/d\",\"same\":true}");
  }

  @Test
  void writesAFailureInTheShapeOfEveryError() {
    JsonNode failed =
        report(SampleRuns.rolledBack()).stream()
            .filter(line -> line.get("type").asString().equals("failed"))
            .findFirst()
            .orElseThrow();
    assertThat(failed.propertyNames())
        .containsExactly(
            "v",
            "type",
            "host",
            "playbook",
            "play",
            "task",
            "source",
            "refused",
            "wanted",
            "got",
            "state",
            "do",
            "diagnosis");
    assertThat(failed.get("diagnosis")).hasSize(23);
  }

  @Test
  void flushesEachLine() {
    List<String> flushed = new ArrayList<>();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            flushed.add(toString(StandardCharsets.UTF_8));
            reset();
          }
        };
    SampleRuns.check().forEach(new JsonReport(out));
    assertThat(flushed)
        .hasSize(SampleRuns.check().size() + 1)
        .allMatch(line -> line.indexOf('\n') == line.length() - 1);
  }

  @Test
  void fallsSilentWhenNobodyReads() {
    int[] writes = {0};
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            writes[0]++;
            throw new IOException("Broken pipe");
          }
        };
    SampleRuns.check().forEach(new JsonReport(broken));
    assertThat(writes[0]).isEqualTo(1);
  }

  private static JsonNode diffs(Diff... diffs) {
    RunEvent event =
        new RunEvent.TaskEnded(
            "h", "p", "t", false, "", Status.CHANGED, List.of(), List.of(diffs), "", Duration.ZERO);
    return report(List.of(event)).get(0).get("diffs");
  }

  private static List<JsonNode> report(List<RunEvent> events) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    events.forEach(new JsonReport(out));
    return out.toString(StandardCharsets.UTF_8).lines().map(MAPPER::readTree).toList();
  }
}

package dev.belay.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.belay.core.change.Diff;
import dev.belay.core.remote.Content;
import dev.belay.core.run.RunEvent;
import dev.belay.core.run.RunEvent.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published schema of {@code --json} says what is written, and nothing is written beside it.
 */
class EventsSchemaTest {

  /** Events of which JSON lines tell nothing, and why: see {@link JsonReport}. */
  private static final Set<Class<?>> UNTOLD =
      Set.of(RunEvent.Planned.class, RunEvent.Progress.class);

  private static final JsonMapper JSON = JsonMapper.shared();

  private static JsonNode published() {
    try (InputStream in = JsonReport.class.getResourceAsStream("events.schema.json")) {
      return JSON.readTree(in.readAllBytes());
    } catch (IOException e) {
      throw new AssertionError("the schema is in the jar", e);
    }
  }

  /** The schema with no key allowed that it does not name. */
  private static Schema strict() {
    JsonNode schema = published();
    close(schema);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object && object.has("properties") && object.has("required")) {
      object.put("additionalProperties", false);
    }
    node.forEach(EventsSchemaTest::close);
  }

  private static List<JsonNode> lines(List<RunEvent> events) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    events.forEach(new JsonReport(out));
    return out.toString(StandardCharsets.UTF_8).lines().map(JSON::readTree).toList();
  }

  private static List<RunEvent> everything() {
    List<RunEvent> events = new ArrayList<>();
    Stream.of(
            SampleRuns.check(),
            SampleRuns.rolledBack(),
            SampleRuns.fleet(),
            SampleRuns.incomplete(),
            PageSamples.findings(),
            PageSamples.hostile("\u202e</script>\n"))
        .forEach(events::addAll);
    events.add(new RunEvent.Began("cp1", "audit", "policy"));
    for (Status status : Status.values()) {
      events.add(SampleRuns.task("cp1", "audit", "policy", status));
    }
    events.add(new RunEvent.Undone("cp1", "every form of diff", diffs(), true));
    return events;
  }

  private static List<Diff> diffs() {
    Content binary = Content.of(new byte[] {0, 1, 2});
    Content large = Content.of("x".repeat(DiffText.CONTENT_LIMIT + 1));
    Optional<Content> none = Optional.empty();
    return List.of(
        new Diff.Line("mode", "0644", "0600"),
        SampleRuns.newPolicy(),
        SampleRuns.secretDiff(),
        new Diff.Text("/same", Optional.of(binary), Optional.of(binary)),
        new Diff.Text("/binary", none, Optional.of(binary)),
        new Diff.Text("/large", Optional.of(large), none));
  }

  @Test
  void everyLineIsAsTheSchemaSays() {
    Schema schema = strict();
    for (JsonNode line : lines(everything())) {
      assertThat(schema.validate(line)).as(line.toString()).isEmpty();
    }
  }

  @Test
  void everyEventIsInTheSchema() {
    Set<Class<?>> told = everything().stream().map(Object::getClass).collect(Collectors.toSet());
    assertThat(RunEvent.class.getPermittedSubclasses())
        .as("an event that is new here needs a place in docs/schema/events.schema.json")
        .allMatch(kind -> !kind.isRecord() || told.contains(kind) || UNTOLD.contains(kind));
    Set<String> types = new TreeSet<>();
    lines(everything()).forEach(line -> types.add(line.path("type").asString()));
    Set<String> named = new TreeSet<>();
    published().path("oneOf").forEach(each -> named.add(each.path("$ref").asString().substring(8)));
    assertThat(types).isEqualTo(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"v\":2,\"type\":\"connected\",\"host\":\"a\",\"elapsed_ms\":1}",
        "{\"v\":1,\"type\":\"nothing\",\"host\":\"a\"}",
        "{\"v\":1,\"type\":\"connected\",\"host\":\"a\"}",
        "{\"v\":1,\"type\":\"connected\",\"host\":7,\"elapsed_ms\":1}",
        "{\"v\":1,\"type\":\"connected\",\"host\":\"a\",\"elapsed_ms\":-1}",
        "{\"v\":1,\"type\":\"connected\",\"host\":\"a\",\"elapsed_ms\":1,\"new\":1}",
        "[]",
      })
  void whatIsNoEventIsRefused(String line) {
    assertThat(strict().validate(JSON.readTree(line))).isNotEmpty();
  }

  @Test
  void theSchemaItselfIsOne() {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    SpecificationVersion.DRAFT_2020_12.getDialectId()));
    assertThat(meta.validate(published())).isEmpty();
  }
}

package dev.belay.core.builtin.falco;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads one line that Falco writes with {@code json_output: true}. */
final class FalcoJsonLine {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, String> top = new HashMap<>();
  private final Map<String, String> fields = new HashMap<>();
  private final List<String> tags = new ArrayList<>();
  private boolean hasFields;
  private boolean hasTags;

  private FalcoJsonLine() {}

  static Optional<FalcoEvent> parse(String line) {
    FalcoJsonLine read = new FalcoJsonLine();
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), line)) {
      return json.nextToken() == JsonToken.START_OBJECT && read.all(json)
          ? read.event()
          : Optional.empty();
    } catch (JacksonException noJson) {
      return Optional.empty();
    }
  }

  private boolean all(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("output_fields") && value == JsonToken.START_OBJECT) {
        hasFields = true;
        fields(json);
      } else if (name.equals("tags") && value == JsonToken.START_ARRAY) {
        hasTags = true;
        tags(json);
      } else if (value.isStructStart()) {
        json.skipChildren();
      } else if (value == JsonToken.VALUE_STRING) {
        top.put(name, json.getString());
      }
    }
    return json.currentToken() == JsonToken.END_OBJECT;
  }

  private void fields(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_STRING) {
        fields.put(name, json.getString());
      } else {
        json.skipChildren();
      }
    }
  }

  private void tags(JsonParser json) {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        tags.add(json.getString());
      } else {
        json.skipChildren();
      }
    }
  }

  /** The output begins with time and priority again, which are properties of their own too. */
  private Optional<FalcoEvent> event() {
    Optional<FalcoEvent> text = FalcoLine.text(top.getOrDefault("output", ""));
    Optional<FalcoPriority> priority =
        Optional.ofNullable(top.get("priority"))
            .flatMap(FalcoPriority::of)
            .or(() -> text.map(FalcoEvent::priority));
    if (priority.isEmpty() || !top.containsKey("rule") && text.isEmpty()) {
      return Optional.empty();
    }
    String output =
        text.map(FalcoEvent::output)
            .orElseGet(() -> top.getOrDefault("message", top.getOrDefault("output", "")));
    Place place = hasFields ? place() : text.map(FalcoEvent::place).orElseGet(this::place);
    return Optional.of(
        new FalcoEvent(
            top.getOrDefault("time", text.map(FalcoEvent::time).orElse("")),
            priority.get(),
            Optional.ofNullable(top.get("rule")),
            hasTags ? Optional.of(List.copyOf(tags)) : Optional.empty(),
            output,
            place));
  }

  private Place place() {
    return new ContainerFields(
            field("container.id"),
            field("container.name"),
            field("k8s.ns.name"),
            field("k8s.pod.name"))
        .place();
  }

  private String field(String name) {
    String value = fields.getOrDefault(name, "");
    return value.equals("<NA>") ? "" : value;
  }
}

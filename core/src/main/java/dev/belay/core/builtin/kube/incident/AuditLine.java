package dev.belay.core.builtin.kube.incident;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads lines of an audit log: events of {@code audit.k8s.io} in any version as JSON, see
 * staging/src/k8s.io/apiserver/pkg/apis/audit/v1/types.go of Kubernetes. Bodies of requests and
 * responses are passed over without being kept. Not thread-safe.
 */
public final class AuditLine {

  /** The parser, made when a line looks unusual. */
  private static final class Parser {
    static final JsonFactory FACTORY = new JsonFactory();
  }

  private static final Map<String, EventField> TOP = EventField.of("");

  private static final Map<String, Map<String, EventField>> OBJECTS =
      EventField.objects().stream().collect(Collectors.toMap(name -> name, EventField::of));

  private static final Grant NO_REASON = RbacReason.parse("");

  private final String[] found = new String[EventField.values().length];
  private final UsualEvent usual = new UsualEvent(found);
  private String lastReason;
  private Grant lastGrant;

  /** Makes a reader of lines. */
  public AuditLine() {}

  /** Returns the event of a line; empty when the line is no event, or only a piece of one. */
  public Optional<AuditEvent> parse(byte[] buffer, int from, int length) {
    int start = from;
    while (start < from + length && (buffer[start] == ' ' || buffer[start] == '\t')) {
      start++;
    }
    if (start < from + length && buffer[start] != '{') {
      return LegacyAuditLine.parse(buffer, from, length);
    }
    int end = from + length;
    return usual(buffer, start, end) ? event() : any(buffer, start, end);
  }

  /** Tells whether the line looks as usual; then {@link #event()} has what it says. */
  boolean usual(byte[] buffer, int from, int to) {
    Arrays.fill(found, null);
    return usual.read(buffer, from, to);
  }

  /** Returns the event of a line in JSON, however it is written. */
  Optional<AuditEvent> any(byte[] buffer, int from, int to) {
    Arrays.fill(found, null);
    try (JsonParser json =
        Parser.FACTORY.createParser(ObjectReadContext.empty(), buffer, from, to - from)) {
      return json.nextToken() == JsonToken.START_OBJECT && event(json) ? event() : Optional.empty();
    } catch (JacksonException noJson) {
      return Optional.empty();
    }
  }

  private boolean event(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      Map<String, EventField> below = OBJECTS.get(name);
      if (below != null && value == JsonToken.START_OBJECT) {
        object(json, below);
      } else if (value == JsonToken.START_ARRAY && name.equals("sourceIPs")) {
        first(json, TOP.get(name));
      } else {
        keep(json, TOP.get(name));
      }
    }
    return json.currentToken() == JsonToken.END_OBJECT;
  }

  private void object(JsonParser json, Map<String, EventField> wanted) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      EventField place = wanted.get(json.currentName());
      json.nextToken();
      keep(json, place);
    }
  }

  /** Keeps a text or number in its place; what has none, and all bodies, are passed over. */
  private void keep(JsonParser json, EventField place) {
    if (json.currentToken().isStructStart()) {
      json.skipChildren();
    } else if (place != null && json.currentToken() != JsonToken.VALUE_NULL) {
      found[place.ordinal()] = json.getString();
    }
  }

  private void first(JsonParser json, EventField place) {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      keep(json, found[place.ordinal()] == null ? place : null);
    }
  }

  Optional<AuditEvent> event() {
    if (value(EventField.AUDIT_ID) == null || value(EventField.STAGE) == null) {
      return Optional.empty();
    }
    return Optional.of(
        new AuditEvent(
            text(EventField.AUDIT_ID),
            text(EventField.STAGE),
            text(EventField.VERB),
            who(),
            objectRef(),
            outcome()));
  }

  private AuditEvent.Who who() {
    return new AuditEvent.Who(
        text(EventField.USER),
        Optional.ofNullable(value(EventField.IMPERSONATED)),
        text(EventField.SOURCE_IPS));
  }

  private AuditEvent.ObjectRef objectRef() {
    return new AuditEvent.ObjectRef(
        text(EventField.NAMESPACE),
        text(EventField.RESOURCE),
        text(EventField.SUBRESOURCE),
        text(EventField.NAME));
  }

  private AuditEvent.Outcome outcome() {
    return new AuditEvent.Outcome(
        AuditNumbers.code(value(EventField.CODE)),
        Optional.ofNullable(value(EventField.DECISION)),
        grant(value(EventField.REASON)),
        AuditNumbers.time(value(EventField.RECEIVED))
            .or(() -> AuditNumbers.time(value(EventField.TIMESTAMP)))
            .or(() -> AuditNumbers.time(value(EventField.STAGE_TIMESTAMP))));
  }

  /** The same reason stands in thousands of lines in a row. */
  private Grant grant(String reason) {
    if (reason == null) {
      return new Grant.Unknown("the event does not say what allowed the request");
    }
    if (reason.isEmpty()) {
      return NO_REASON;
    }
    if (!reason.equals(lastReason)) {
      lastReason = reason;
      lastGrant = RbacReason.parse(reason);
    }
    return lastGrant;
  }

  private String text(EventField field) {
    String value = value(field);
    return value == null ? "" : value;
  }

  private String value(EventField field) {
    return found[field.ordinal()];
  }
}

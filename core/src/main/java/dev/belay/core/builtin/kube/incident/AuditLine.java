package dev.belay.core.builtin.kube.incident;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  private static final JsonFactory FACTORY = new JsonFactory();

  /** What is kept of an event, by its path in it. */
  private static final List<String> PATHS =
      List.of(
          "auditID",
          "stage",
          "verb",
          "requestReceivedTimestamp",
          "timestamp",
          "stageTimestamp",
          "sourceIPs",
          "user/username",
          "impersonatedUser/username",
          "objectRef/namespace",
          "objectRef/resource",
          "objectRef/subresource",
          "objectRef/name",
          "responseStatus/code",
          "annotations/authorization.k8s.io/reason",
          "annotations/authorization.k8s.io/decision");

  private static final Map<String, Integer> TOP = below("");

  private static final Map<String, Map<String, Integer>> OBJECTS =
      List.of("user", "impersonatedUser", "objectRef", "responseStatus", "annotations").stream()
          .collect(Collectors.toMap(name -> name, name -> below(name + "/")));

  private final String[] found = new String[PATHS.size()];
  private String lastReason;
  private Grant lastGrant;

  /** Makes a reader of lines. */
  public AuditLine() {}

  private static Map<String, Integer> below(String object) {
    return IntStream.range(0, PATHS.size())
        .boxed()
        .filter(i -> PATHS.get(i).startsWith(object))
        .collect(Collectors.toMap(i -> PATHS.get(i).substring(object.length()), i -> i));
  }

  /** Returns the event of a line; empty when the line is no event, or only a piece of one. */
  public Optional<AuditEvent> parse(byte[] buffer, int from, int length) {
    int start = from;
    while (start < from + length && (buffer[start] == ' ' || buffer[start] == '\t')) {
      start++;
    }
    if (start < from + length && buffer[start] != '{') {
      return LegacyAuditLine.parse(buffer, from, length);
    }
    Arrays.fill(found, null);
    try (JsonParser json =
        FACTORY.createParser(ObjectReadContext.empty(), buffer, start, from + length - start)) {
      return json.nextToken() == JsonToken.START_OBJECT && event(json) ? event() : Optional.empty();
    } catch (JacksonException noJson) {
      return Optional.empty();
    }
  }

  private boolean event(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      Map<String, Integer> below = OBJECTS.get(name);
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

  private void object(JsonParser json, Map<String, Integer> wanted) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      Integer place = wanted.get(json.currentName());
      json.nextToken();
      keep(json, place);
    }
  }

  /** Keeps a text or number in its place; what has none, and all bodies, are passed over. */
  private void keep(JsonParser json, Integer place) {
    if (json.currentToken().isStructStart()) {
      json.skipChildren();
    } else if (place != null && json.currentToken() != JsonToken.VALUE_NULL) {
      found[place] = json.getString();
    }
  }

  private void first(JsonParser json, Integer place) {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      keep(json, found[place] == null ? place : null);
    }
  }

  private Optional<AuditEvent> event() {
    if (value("auditID") == null || value("stage") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new AuditEvent(
            text("auditID"), text("stage"), text("verb"), who(), objectRef(), outcome()));
  }

  private AuditEvent.Who who() {
    return new AuditEvent.Who(
        text("user/username"),
        Optional.ofNullable(value("impersonatedUser/username")),
        text("sourceIPs"));
  }

  private AuditEvent.ObjectRef objectRef() {
    return new AuditEvent.ObjectRef(
        text("objectRef/namespace"),
        text("objectRef/resource"),
        text("objectRef/subresource"),
        text("objectRef/name"));
  }

  private AuditEvent.Outcome outcome() {
    return new AuditEvent.Outcome(
        AuditNumbers.code(value("responseStatus/code")),
        Optional.ofNullable(value("annotations/authorization.k8s.io/decision")),
        grant(value("annotations/authorization.k8s.io/reason")),
        AuditNumbers.time(value("requestReceivedTimestamp"))
            .or(() -> AuditNumbers.time(value("timestamp")))
            .or(() -> AuditNumbers.time(value("stageTimestamp"))));
  }

  /** The same reason stands in thousands of lines in a row. */
  private Grant grant(String reason) {
    if (reason == null) {
      return new Grant.Unknown("the event does not say what allowed the request");
    }
    if (!reason.equals(lastReason)) {
      lastReason = reason;
      lastGrant = RbacReason.parse(reason);
    }
    return lastGrant;
  }

  private String text(String path) {
    String value = value(path);
    return value == null ? "" : value;
  }

  private String value(String path) {
    return found[PATHS.indexOf(path)];
  }
}

package dev.belay.core.builtin.kube.incident;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one line of an audit log: an event of {@code audit.k8s.io} in any version as JSON, see
 * staging/src/k8s.io/apiserver/pkg/apis/audit/v1/types.go of Kubernetes. Bodies of requests and
 * responses are passed over without being kept.
 */
public final class AuditLine {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, String> found = new HashMap<>();

  private AuditLine() {}

  /** Returns the event of a line; empty when the line is no event, or only a piece of one. */
  public static Optional<AuditEvent> parse(byte[] buffer, int from, int length) {
    int start = from;
    while (start < from + length && (buffer[start] == ' ' || buffer[start] == '\t')) {
      start++;
    }
    if (start < from + length && buffer[start] != '{') {
      return LegacyAuditLine.parse(buffer, from, length);
    }
    AuditLine line = new AuditLine();
    try (JsonParser json =
        FACTORY.createParser(ObjectReadContext.empty(), buffer, start, from + length - start)) {
      return json.nextToken() == JsonToken.START_OBJECT && line.object(json, "")
          ? line.event()
          : Optional.empty();
    } catch (JacksonException noJson) {
      return Optional.empty();
    }
  }

  /** Keeps the texts and numbers of an object and those below it under their path. */
  private boolean object(JsonParser json, String path) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_OBJECT && wanted(path, name)) {
        object(json, path + name + "/");
      } else if (value == JsonToken.START_ARRAY && path.isEmpty() && name.equals("sourceIPs")) {
        firstOf(json, name);
      } else if (value.isStructStart()) {
        json.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        found.put(path + name, json.getString());
      }
    }
    return json.currentToken() == JsonToken.END_OBJECT;
  }

  private static boolean wanted(String path, String name) {
    return path.isEmpty()
        && switch (name) {
          case "user", "impersonatedUser", "objectRef", "responseStatus", "annotations" -> true;
          default -> false;
        };
  }

  private void firstOf(JsonParser json, String name) {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.VALUE_STRING) {
        found.putIfAbsent(name, json.getString());
      } else {
        json.skipChildren();
      }
    }
  }

  private Optional<AuditEvent> event() {
    if (!found.containsKey("auditID") || !found.containsKey("stage")) {
      return Optional.empty();
    }
    return Optional.of(
        new AuditEvent(
            text("auditID"), text("stage"), text("verb"), who(), objectRef(), outcome()));
  }

  private AuditEvent.Who who() {
    return new AuditEvent.Who(
        text("user/username"),
        Optional.ofNullable(found.get("impersonatedUser/username")),
        text("sourceIPs"),
        text("userAgent"));
  }

  private AuditEvent.ObjectRef objectRef() {
    return new AuditEvent.ObjectRef(
        text("objectRef/namespace"),
        text("objectRef/resource"),
        text("objectRef/subresource"),
        text("objectRef/name"));
  }

  private AuditEvent.Outcome outcome() {
    String reason = found.get("annotations/authorization.k8s.io/reason");
    return new AuditEvent.Outcome(
        number(found.get("responseStatus/code")),
        Optional.ofNullable(found.get("annotations/authorization.k8s.io/decision")),
        reason == null
            ? new Grant.Unknown("the event does not say what allowed the request")
            : RbacReason.parse(reason),
        time());
  }

  /** Events before audit.k8s.io/v1 have only {@code timestamp}. */
  private Optional<Instant> time() {
    for (String key : new String[] {"requestReceivedTimestamp", "timestamp", "stageTimestamp"}) {
      Optional<Instant> time = instant(found.get(key));
      if (time.isPresent()) {
        return time;
      }
    }
    return Optional.empty();
  }

  static Optional<Instant> instant(String text) {
    try {
      return Optional.ofNullable(text)
          .map(java.time.OffsetDateTime::parse)
          .map(java.time.OffsetDateTime::toInstant);
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }

  static Optional<Integer> number(String text) {
    try {
      return Optional.ofNullable(text).map(Integer::valueOf);
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  private String text(String path) {
    return found.getOrDefault(path, "");
  }
}

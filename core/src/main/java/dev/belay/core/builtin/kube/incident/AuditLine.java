package dev.belay.core.builtin.kube.incident;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  private static final Set<String> TOP =
      Set.of(
          "auditID",
          "stage",
          "verb",
          "userAgent",
          "requestReceivedTimestamp",
          "timestamp",
          "stageTimestamp");

  private static final Map<String, Map<String, String>> BELOW =
      Map.of(
          "user",
          keys("user", "username"),
          "impersonatedUser",
          keys("impersonatedUser", "username"),
          "objectRef",
          keys("objectRef", "namespace", "resource", "subresource", "name"),
          "responseStatus",
          keys("responseStatus", "code"),
          "annotations",
          keys("annotations", "authorization.k8s.io/reason", "authorization.k8s.io/decision"));

  private static Map<String, String> keys(String object, String... names) {
    return Stream.of(names).collect(Collectors.toMap(name -> name, name -> object + "/" + name));
  }

  private final Map<String, String> found = new HashMap<>(32);

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
      return json.nextToken() == JsonToken.START_OBJECT && line.event(json)
          ? line.event()
          : Optional.empty();
    } catch (JacksonException noJson) {
      return Optional.empty();
    }
  }

  private boolean event(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      Map<String, String> below = BELOW.get(name);
      if (below != null && value == JsonToken.START_OBJECT) {
        object(json, below);
      } else if (value == JsonToken.START_ARRAY && name.equals("sourceIPs")) {
        firstOf(json, name);
      } else {
        keep(json, TOP.contains(name) ? name : null);
      }
    }
    return json.currentToken() == JsonToken.END_OBJECT;
  }

  private void object(JsonParser json, Map<String, String> wanted) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = wanted.get(json.currentName());
      json.nextToken();
      keep(json, key);
    }
  }

  /** Keeps a text or number under a key; what has none, and all bodies, are passed over. */
  private void keep(JsonParser json, String key) {
    if (json.currentToken().isStructStart()) {
      json.skipChildren();
    } else if (key != null && json.currentToken() != JsonToken.VALUE_NULL) {
      found.put(key, json.getString());
    }
  }

  private void firstOf(JsonParser json, String key) {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      keep(json, found.containsKey(key) ? null : key);
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

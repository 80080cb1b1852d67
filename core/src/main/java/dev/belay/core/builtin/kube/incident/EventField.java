package dev.belay.core.builtin.kube.incident;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is kept of an audit event, by where it stands in it. */
enum EventField {
  AUDIT_ID("", "auditID"),
  STAGE("", "stage"),
  VERB("", "verb"),
  RECEIVED("", "requestReceivedTimestamp"),
  TIMESTAMP("", "timestamp"),
  STAGE_TIMESTAMP("", "stageTimestamp"),
  SOURCE_IPS("", "sourceIPs"),
  USER("user", "username"),
  IMPERSONATED("impersonatedUser", "username"),
  NAMESPACE("objectRef", "namespace"),
  RESOURCE("objectRef", "resource"),
  SUBRESOURCE("objectRef", "subresource"),
  NAME("objectRef", "name"),
  CODE("responseStatus", "code"),
  REASON("annotations", "authorization.k8s.io/reason"),
  DECISION("annotations", "authorization.k8s.io/decision");

  /** The field of the event that holds the object with the value; empty for the event itself. */
  final String object;

  private final String member;

  EventField(String object, String member) {
    this.object = object;
    this.member = member;
  }

  /** Returns the fields of the event itself by name, or those of one object in it. */
  static Map<String, EventField> of(String object) {
    Map<String, EventField> fields = new LinkedHashMap<>();
    for (EventField field : EnumSet.allOf(EventField.class)) {
      if (field.object.equals(object)) {
        fields.put(field.member, field);
      }
    }
    return fields;
  }

  /** Returns the names of the objects that hold values. */
  static Set<String> objects() {
    return EnumSet.allOf(EventField.class).stream()
        .map(field -> field.object)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }
}

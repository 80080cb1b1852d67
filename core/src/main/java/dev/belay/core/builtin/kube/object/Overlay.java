package dev.belay.core.builtin.kube.object;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What somebody wants of an object, laid over what it is: what he does not say stays. Pure. */
final class Overlay {

  private Overlay() {}

  /** Tells whether the object is as wanted; numbers are compared by value, null is nothing. */
  static boolean holds(JsonNode live, JsonNode wanted) {
    if (wanted instanceof ObjectNode object) {
      return object.properties().stream()
          .allMatch(
              entry ->
                  entry.getValue().isNull()
                      ? live.path(entry.getKey()).isMissingNode()
                      : holds(live.path(entry.getKey()), entry.getValue()));
    }
    if (wanted instanceof ArrayNode array) {
      boolean same = live.isArray() && live.size() == array.size();
      for (int i = 0; same && i < array.size(); i++) {
        same = holds(live.path(i), array.get(i));
      }
      return same || array.isEmpty() && live.isMissingNode();
    }
    if (wanted.isNumber() && live.isNumber()) {
      return wanted.decimalValue().compareTo(live.decimalValue()) == 0;
    }
    return live.equals(wanted);
  }

  /** Returns the object as wanted; lists of another length are taken as they are wanted. */
  static JsonNode laidOver(JsonNode live, JsonNode wanted) {
    if (wanted instanceof ObjectNode object && live instanceof ObjectNode before) {
      ObjectNode after = before.deepCopy();
      object
          .properties()
          .forEach(
              entry -> {
                if (entry.getValue().isNull()) {
                  after.remove(entry.getKey());
                } else {
                  after.set(
                      entry.getKey(), laidOver(before.path(entry.getKey()), entry.getValue()));
                }
              });
      return after;
    }
    if (wanted instanceof ArrayNode array && live.isArray() && live.size() == array.size()) {
      ArrayNode after = array.deepCopy();
      for (int i = 0; i < array.size(); i++) {
        after.set(i, laidOver(live.path(i), array.get(i)));
      }
      return after;
    }
    return wanted.deepCopy();
  }
}

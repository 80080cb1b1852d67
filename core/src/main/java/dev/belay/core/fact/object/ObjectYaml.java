package dev.belay.core.fact.object;

import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Writes an object as people write manifests: block style, keys in their order. Pure. */
final class ObjectYaml {

  /** Texts that YAML can read as nothing but themselves without quotes. */
  private static final Pattern PLAIN =
      Pattern.compile("(?!(?i:true|false|yes|no|on|off|null|y|n)$)[A-Za-z/][A-Za-z0-9_./@+-]*");

  private final StringBuilder out = new StringBuilder();

  private ObjectYaml() {}

  static String write(JsonNode object) {
    ObjectYaml yaml = new ObjectYaml();
    yaml.mapping(object, "");
    return yaml.out.toString();
  }

  private void mapping(JsonNode object, String indent) {
    String before = "";
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      out.append(before).append(text(entry.getKey())).append(':');
      below(entry.getValue(), indent);
      before = indent;
    }
  }

  /** The value after a key: a scalar on its line, a collection below it. */
  private void below(JsonNode value, String indent) {
    if (value.isEmpty() || !value.isContainer()) {
      out.append(' ').append(scalar(value)).append('\n');
    } else if (value.isArray()) {
      out.append('\n');
      value.forEach(item -> item(item, indent));
    } else {
      out.append('\n').append(indent).append("  ");
      mapping(value, indent + "  ");
    }
  }

  private void item(JsonNode item, String indent) {
    out.append(indent).append("- ");
    if (item.isObject() && !item.isEmpty()) {
      mapping(item, indent + "  ");
    } else {
      // a list in a list, which no usual kind has, goes in one line
      out.append(scalar(item)).append('\n');
    }
  }

  private static String scalar(JsonNode value) {
    return value.isString() ? text(value.asString()) : value.toString();
  }

  /** JSON is YAML, so what needs quotes is written as JSON does. */
  private static String text(String text) {
    return PLAIN.matcher(text).matches()
        ? text
        : tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(text).toString();
  }
}

package dev.belay.core.builtin.kube.object;

import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.internal.strictyaml.YamlFault;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a manifest, strictly: one document, no key twice, every key a text. Pure. */
final class ManifestText {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ManifestText() {}

  static ObjectContent read(String yaml) {
    try {
      Node root =
          StrictYaml.compose(yaml.getBytes(StandardCharsets.UTF_8))
              .orElseThrow(() -> new IllegalArgumentException("the manifest is empty"));
      if (json(root) instanceof ObjectNode object) {
        // written and read again, so that numbers are of the types that a server's JSON gives
        return ObjectContent.ofJson(object.toString());
      }
      throw new IllegalArgumentException(
          "a manifest is a mapping, this is " + StrictYaml.describe(root));
    } catch (YamlFault fault) {
      throw new IllegalArgumentException(
          "the manifest, " + fault.at() + ": " + fault.getMessage() + "; " + fault.advice(), fault);
    }
  }

  private static JsonNode json(Node node) {
    if (node instanceof MappingNode mapping) {
      ObjectNode object = JSON.objectNode();
      for (StrictYaml.Entry entry : StrictYaml.entries(mapping)) {
        if (object.has(entry.key())) {
          throw new IllegalArgumentException(
              "the manifest, " + entry.keyAt() + ": the key " + entry.key() + " is there twice");
        }
        object.set(entry.key(), json(entry.value()));
      }
      return object;
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JSON.arrayNode();
      sequence.getValue().forEach(item -> array.add(json(item)));
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private static JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (Tag.NULL.equals(tag)) {
      return JSON.nullNode();
    }
    if (Tag.BOOL.equals(tag)) {
      return JSON.booleanNode(text.matches("(?i)true|yes|on"));
    }
    if (Tag.INT.equals(tag)) {
      return JSON.numberNode(integer(text.replace("_", "")));
    }
    if (Tag.FLOAT.equals(tag) && text.matches("[-+0-9._eE]+")) {
      return JSON.numberNode(new BigDecimal(text.replace("_", "")));
    }
    return JSON.stringNode(text);
  }

  /** Numbers as YAML 1.1 writes them, which Kubernetes reads: 0644 is octal. */
  private static BigInteger integer(String text) {
    String sign = text.startsWith("-") ? "-" : "";
    String digits = text.replaceFirst("^[-+]", "");
    if (digits.matches("0[0-7]+")) {
      return new BigInteger(sign + digits, 8);
    }
    if (digits.startsWith("0x")) {
      return new BigInteger(sign + digits.substring(2), 16);
    }
    if (digits.startsWith("0b")) {
      return new BigInteger(sign + digits.substring(2), 2);
    }
    if (digits.contains(":")) {
      throw new IllegalArgumentException(
          "put quotes around " + text + ", YAML reads it as minutes");
    }
    return new BigInteger(sign + digits);
  }
}

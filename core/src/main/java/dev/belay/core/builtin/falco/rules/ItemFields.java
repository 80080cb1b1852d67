package dev.belay.core.builtin.falco.rules;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.internal.strictyaml.YamlFault;
import dev.belay.core.text.NearMiss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The keys of one mapping in a rules file; what is not as Falco wants it becomes a fault. */
final class ItemFields {

  private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");
  private static final Set<String> FALSE = Set.of("false", "no", "off", "n");

  /** Takes what is wrong without keeping the item from being read. */
  interface Sink {
    void problem(Position at, String text, String advice);
  }

  private final Node node;
  private final Map<String, Node> fields;
  private final Sink sink;

  ItemFields(Node node, Map<String, Node> fields, Sink sink) {
    this.node = node;
    this.fields = fields;
    this.sink = sink;
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  Set<String> names() {
    return fields.keySet();
  }

  Position at(String key) {
    return Position.of(fields.getOrDefault(key, node));
  }

  /** Tells of every key but these; Falco would pass it over without a word. */
  void allow(String... keys) {
    allow(List.of(keys));
  }

  void allow(List<String> keys) {
    for (Map.Entry<String, Node> field : fields.entrySet()) {
      if (!keys.contains(field.getKey())) {
        sink.problem(
            Position.of(field.getValue()),
            "unknown key \""
                + field.getKey()
                + "\" in "
                + keys.get(0)
                + NearMiss.question(field.getKey(), keys)
                + "; Falco passes it over",
            NearMiss.of(field.getKey(), keys)
                .map(near -> "write " + near)
                .orElse("remove it; there may be " + String.join(", ", keys)));
      }
    }
  }

  String text(String key) {
    if (!has(key)) {
      throw new YamlFault(
          Position.of(node), "the item has no " + key, "write \"" + key + ": ...\"");
    }
    return scalar(fields.get(key), key);
  }

  Optional<String> optionalText(String key) {
    return has(key) ? Optional.of(text(key)) : Optional.empty();
  }

  Optional<Boolean> flag(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    String word = text(key).toLowerCase(Locale.ROOT);
    if (!TRUE.contains(word) && !FALSE.contains(word)) {
      throw new YamlFault(at(key), key + " is \"" + word + "\"", "write true or false");
    }
    return Optional.of(TRUE.contains(word));
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node item : nodes(key)) {
      texts.add(scalar(item, "an item of " + key));
    }
    return texts;
  }

  List<Node> nodes(String key) {
    if (!has(key)) {
      throw new YamlFault(
          Position.of(node), "the item has no " + key, "write \"" + key + ": [...]\"");
    }
    if (!(fields.get(key) instanceof SequenceNode sequence)) {
      throw new YamlFault(
          at(key),
          key + " is " + StrictYaml.describe(fields.get(key)) + ", not a list",
          "write \"" + key + ": [...]\"");
    }
    return sequence.getValue();
  }

  /** Returns the node of a key; empty when it is not there, or has no value. */
  Optional<Node> node(String key) {
    return Optional.ofNullable(fields.get(key)).filter(value -> !StrictYaml.isNull(value));
  }

  /** Returns what a macro or list does to an earlier one, said in the old or the new way. */
  Merge merge(String key) {
    boolean append = flag("append").orElse(false);
    Map<String, Merge> ways = overrides();
    if (append && !ways.isEmpty()) {
      throw both();
    }
    if (!Set.of(key).containsAll(ways.keySet())) {
      throw new YamlFault(
          at("override"), "override names " + ways.keySet(), "only " + key + " can be overridden");
    }
    return append ? Merge.APPEND : ways.getOrDefault(key, Merge.REPLACE);
  }

  YamlFault both() {
    return new YamlFault(
        at("append"),
        "append and override do not go together",
        "take append out; override says it for each key");
  }

  Map<String, Merge> overrides() {
    Map<String, Merge> ways = new LinkedHashMap<>();
    if (!has("override")) {
      return ways;
    }
    if (!(fields.get("override") instanceof MappingNode mapping)) {
      throw new YamlFault(
          at("override"), "override is no mapping", "write \"override: {output: replace}\"");
    }
    for (StrictYaml.Entry entry : StrictYaml.entries(mapping)) {
      String word = scalar(entry.value(), "override of " + entry.key());
      if (!word.equals(Merge.APPEND.word()) && !word.equals(Merge.REPLACE.word())) {
        throw new YamlFault(
            Position.of(entry.value()),
            "override of " + entry.key() + " is \"" + word + "\"",
            "write append or replace");
      }
      ways.put(entry.key(), word.equals(Merge.APPEND.word()) ? Merge.APPEND : Merge.REPLACE);
    }
    return ways;
  }

  /** Falco takes any scalar as text, be it quoted or not. */
  static String scalar(Node value, String what) {
    if (!(value instanceof ScalarNode scalar) || scalar.getValue().isEmpty()) {
      throw new YamlFault(
          Position.of(value), what + " is " + StrictYaml.describe(value), "write one text there");
    }
    return scalar.getValue();
  }
}

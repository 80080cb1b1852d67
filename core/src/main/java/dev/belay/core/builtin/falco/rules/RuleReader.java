package dev.belay.core.builtin.falco.rules;

import dev.belay.core.builtin.falco.FalcoPriority;
import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.internal.strictyaml.YamlFault;
import dev.belay.core.text.NearMiss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one rule, or a change of one, in the forms of all versions; used once. */
final class RuleReader {

  private static final Set<RuleKey> WHOLE =
      Set.of(RuleKey.CONDITION, RuleKey.OUTPUT, RuleKey.DESC, RuleKey.PRIORITY);

  private final ItemFields fields;

  RuleReader(ItemFields fields) {
    this.fields = fields;
  }

  FalcoItem read() {
    List<String> allowed = new ArrayList<>(List.of("rule"));
    allowed.addAll(RuleKey.words());
    allowed.addAll(List.of("source", "append", "override"));
    fields.allow(allowed);
    String name = fields.text("rule");
    boolean append = fields.flag("append").orElse(false);
    if (append && fields.has("override")) {
      throw fields.both();
    }
    RuleBody body = body();
    if (fields.has("override")) {
      return new RuleChange(name, body, overridden(body));
    }
    if (append) {
      return appended(name, body);
    }
    return body.keys().stream().anyMatch(WHOLE::contains)
        ? new FalcoRule(name, body)
        : switched(name, body);
  }

  /** The new way to change a rule, since Falco 0.37. */
  private Map<RuleKey, Merge> overridden(RuleBody body) {
    Map<RuleKey, Merge> ways = new EnumMap<>(RuleKey.class);
    fields
        .overrides()
        .forEach(
            (word, way) ->
                ways.put(
                    RuleKey.of(word)
                        .orElseThrow(
                            () ->
                                new YamlFault(
                                    fields.at("override"),
                                    "key \"" + word + "\" cannot be overridden",
                                    "override one of " + RuleKey.words())),
                    way));
    for (RuleKey key : body.keys()) {
      if (!ways.containsKey(key)) {
        throw new YamlFault(
            fields.at(key.word()),
            "Unexpected key '" + key.word() + "': no corresponding entry under 'override'",
            "say there whether it is appended or replaced, or take it out");
      }
    }
    for (RuleKey key : ways.keySet()) {
      if (!body.keys().contains(key)) {
        throw new YamlFault(
            fields.at("override"),
            "override of " + key.word() + " was specified but " + key.word() + " is not defined",
            "write " + key.word() + ", or take it out of override");
      }
    }
    return ways;
  }

  /** The old way to add to a rule: nothing but its condition and its exceptions can be. */
  private RuleChange appended(String name, RuleBody body) {
    EnumSet<RuleKey> keys = EnumSet.copyOf(List.of(RuleKey.CONDITION, RuleKey.EXCEPTIONS));
    keys.retainAll(body.keys());
    if (keys.isEmpty()) {
      throw new YamlFault(
          fields.at("append"),
          "Appended rule must have exceptions or condition property",
          "write a condition that begins with and or or");
    }
    RuleBody added =
        new RuleBody(
            new RuleText(Optional.empty(), body.text().condition(), Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            body.exceptions(),
            RuleSwitches.NONE);
    Map<RuleKey, Merge> ways = new EnumMap<>(RuleKey.class);
    keys.forEach(key -> ways.put(key, Merge.APPEND));
    return new RuleChange(name, added, ways);
  }

  /** The old way to switch a rule on or off. */
  private RuleChange switched(String name, RuleBody body) {
    if (!body.keys().equals(Set.of(RuleKey.ENABLED))) {
      throw new YamlFault(
          fields.at("rule"),
          "rule \""
              + name
              + "\" has neither condition, output, desc and priority nor enabled alone",
          "write all of the rule, or override");
    }
    return new RuleChange(name, body, Map.of(RuleKey.ENABLED, Merge.REPLACE));
  }

  private RuleBody body() {
    return new RuleBody(
        new RuleText(
            fields.optionalText("desc"),
            fields.optionalText("condition"),
            fields.optionalText("output")),
        fields.optionalText("priority").map(this::priority),
        fields.has("tags") ? Optional.of(fields.texts("tags")) : Optional.empty(),
        fields.node("exceptions").map(this::exceptions),
        new RuleSwitches(
            fields.optionalText("source"),
            fields.flag("enabled"),
            fields.flag("warn_evttypes"),
            fields.flag("skip-if-unknown-filter")));
  }

  private FalcoPriority priority(String word) {
    List<String> words = Arrays.stream(FalcoPriority.values()).map(FalcoPriority::word).toList();
    return FalcoPriority.of(word)
        .orElseThrow(
            () ->
                new YamlFault(
                    fields.at("priority"),
                    "priority is \"" + word + "\"" + NearMiss.question(word, words),
                    "write one of " + words));
  }

  private List<RuleException> exceptions(Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      throw new YamlFault(
          Position.of(node), "exceptions is no list", "write \"- name: ...\" below it");
    }
    return sequence.getValue().stream().map(RuleReader::exception).toList();
  }

  private static RuleException exception(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw new YamlFault(
          Position.of(node), "an exception is no mapping", "write \"name: ...\" in it");
    }
    Map<String, Node> parts = new LinkedHashMap<>();
    StrictYaml.entries(mapping).forEach(entry -> parts.put(entry.key(), entry.value()));
    List<String> known = List.of("name", "fields", "comps", "values");
    for (String key : parts.keySet()) {
      if (!known.contains(key)) {
        throw new YamlFault(
            Position.of(node),
            "unknown key \"" + key + "\" in an exception" + NearMiss.question(key, known),
            "write name, fields, comps or values");
      }
    }
    if (!parts.containsKey("name")) {
      throw new YamlFault(
          Position.of(node), "an exception has no name", "write \"name: ...\" in it");
    }
    return new RuleException(
        ItemFields.scalar(parts.get("name"), "the name of an exception"),
        Optional.ofNullable(parts.get("fields")).map(RuleReader::entry),
        Optional.ofNullable(parts.get("comps")).map(RuleReader::entry),
        Optional.ofNullable(parts.get("values")).map(RuleReader::values));
  }

  private static List<ExceptionEntry> values(Node node) {
    if (entry(node) instanceof ExceptionEntry.Many many) {
      return many.items();
    }
    throw new YamlFault(Position.of(node), "values is no list", "write \"values: [...]\"");
  }

  private static ExceptionEntry entry(Node node) {
    return node instanceof SequenceNode sequence
        ? new ExceptionEntry.Many(sequence.getValue().stream().map(RuleReader::entry).toList())
        : new ExceptionEntry.One(ItemFields.scalar(node, "a part of an exception"));
  }
}

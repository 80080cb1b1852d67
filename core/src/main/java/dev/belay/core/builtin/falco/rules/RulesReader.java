package dev.belay.core.builtin.falco.rules;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.internal.strictyaml.StrictYaml.Entry;
import dev.belay.core.internal.strictyaml.YamlFault;
import dev.belay.core.text.NearMiss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one rules file as far as it goes, collecting everything wrong in it; used once. */
final class RulesReader {

  private static final List<String> KINDS =
      List.of("required_engine_version", "required_plugin_versions", "list", "macro", "rule");

  private final List<RulesProblem> problems = new ArrayList<>();
  private final List<FalcoItem> items = new ArrayList<>();
  private boolean lost;

  /**
   * What a file holds.
   *
   * @param items those that could be read
   * @param problems everything else
   * @param lost whether there are items that could not be read
   */
  record Reading(List<FalcoItem> items, List<RulesProblem> problems, boolean lost) {}

  Reading read(byte[] yaml) {
    try {
      StrictYaml.composeAll(yaml).forEach(this::document);
    } catch (YamlFault fault) {
      lost(fault);
    }
    return new Reading(List.copyOf(items), List.copyOf(problems), lost);
  }

  private void document(Node root) {
    if (!(root instanceof SequenceNode sequence)) {
      lost(
          new YamlFault(
              Position.of(root),
              "the file is " + StrictYaml.describe(root) + ", not a list of items",
              "write \"- rule: ...\", \"- macro: ...\" or \"- list: ...\""));
      return;
    }
    for (Node node : sequence.getValue()) {
      if (!StrictYaml.isNull(node)) {
        attempt(node, () -> item(node)).flatMap(item -> item).ifPresent(items::add);
      }
    }
  }

  private Optional<FalcoItem> item(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw new YamlFault(
          Position.of(node),
          "an item is " + StrictYaml.describe(node) + ", not a mapping",
          "write \"- rule: ...\", \"- macro: ...\" or \"- list: ...\"");
    }
    ItemFields fields = new ItemFields(node, entries(mapping), this::problem);
    for (String kind : KINDS) {
      if (fields.has(kind)) {
        return Optional.of(item(kind, fields));
      }
    }
    String first = fields.names().stream().findFirst().orElse("");
    problem(
        Position.of(node),
        "unknown item \"" + first + "\"; Falco passes it over" + NearMiss.question(first, KINDS),
        "write one of " + String.join(", ", KINDS));
    return Optional.empty();
  }

  private FalcoItem item(String kind, ItemFields fields) {
    return switch (kind) {
      case "rule" -> new RuleReader(fields).read();
      case "macro" -> {
        fields.allow("macro", "condition", "append", "override");
        yield new FalcoMacro(
            fields.text("macro"), fields.text("condition"), fields.merge("condition"));
      }
      case "list" -> {
        fields.allow("list", "items", "append", "override");
        yield new FalcoList(fields.text("list"), fields.texts("items"), fields.merge("items"));
      }
      case "required_engine_version" -> {
        fields.allow(kind);
        yield new EngineVersion(fields.text(kind));
      }
      default -> {
        fields.allow(kind);
        yield new PluginVersions(
            fields.nodes(kind).stream().map(node -> requirement(node, true)).toList());
      }
    };
  }

  private PluginVersions.Requirement requirement(Node node, boolean first) {
    ItemFields fields = fields(node, "a plugin");
    fields.allow("name", "version", "alternatives");
    return new PluginVersions.Requirement(
        fields.text("name"),
        fields.text("version"),
        first && fields.has("alternatives")
            ? fields.nodes("alternatives").stream().map(one -> requirement(one, false)).toList()
            : List.of());
  }

  private ItemFields fields(Node node, String what) {
    if (!(node instanceof MappingNode mapping)) {
      throw new YamlFault(
          Position.of(node),
          what + " is " + StrictYaml.describe(node) + ", not a mapping",
          "write \"name: ...\" and \"version: ...\"");
    }
    return new ItemFields(node, entries(mapping), this::problem);
  }

  private Map<String, Node> entries(MappingNode mapping) {
    Map<String, Node> fields = new LinkedHashMap<>();
    for (Entry entry : StrictYaml.entries(mapping)) {
      if (fields.putIfAbsent(entry.key(), entry.value()) != null) {
        problem(entry.keyAt(), "key \"" + entry.key() + "\" is there twice", "keep one");
      }
    }
    return fields;
  }

  /** One item that is wrong does not keep the others from being read. */
  private <T> Optional<T> attempt(Node node, Supplier<T> made) {
    try {
      return Optional.of(made.get());
    } catch (YamlFault fault) {
      lost(fault);
    } catch (FalcoRulesException refused) {
      lost = true;
      refused.problems().forEach(one -> problem(Position.of(node), one.text(), one.advice()));
    }
    return Optional.empty();
  }

  private void lost(YamlFault fault) {
    lost = true;
    problem(fault.at(), fault.getMessage(), fault.advice());
  }

  private void problem(Position at, String text, String advice) {
    problems.add(new RulesProblem(text, advice, at.line(), at.column()));
  }
}

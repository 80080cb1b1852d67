package dev.belay.core.builtin.kube.audit;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.internal.strictyaml.StrictYaml.Entry;
import dev.belay.core.internal.strictyaml.YamlFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads one policy file, collecting everything wrong in it; used once. */
final class PolicyReader {

  /** What YAML 1.1, and so the API server, reads as true. */
  private static final Set<String> TRUE = Set.of("true", "yes", "on");

  private final List<PolicyProblem> problems = new ArrayList<>();
  private final Map<String, Position> places = new HashMap<>();

  Policy read(byte[] yaml) {
    Policy policy = null;
    try {
      policy = policy(yaml);
    } catch (YamlFault fault) {
      problem(fault.at(), "", fault.getMessage(), fault.advice());
    }
    if (!problems.isEmpty()) {
      throw new PolicyException(inOrder());
    }
    return policy;
  }

  private List<PolicyProblem> inOrder() {
    return problems.stream()
        .sorted(Comparator.comparing(PolicyProblem::line).thenComparing(PolicyProblem::column))
        .toList();
  }

  private Policy policy(byte[] yaml) {
    Node root =
        StrictYaml.compose(yaml)
            .filter(node -> !StrictYaml.isNull(node))
            .orElseThrow(
                () ->
                    new YamlFault(
                        Position.START,
                        "the file is empty; an API server exits: loaded illegal policy with 0"
                            + " rules",
                        "write apiVersion: audit.k8s.io/v1, kind: Policy and rules"));
    Map<String, Node> fields = fields(root, PolicyFields.POLICY, "");
    header(root, fields);
    List<Rule> rules =
        fields.containsKey("rules")
            ? items(
                fields.get("rules"), "rules", "a list of rules, each \"- level: ...\"", this::rule)
            : List.of();
    Set<Stage> stages = stages(fields.get("omitStages"), "omitStages");
    Optional<Boolean> managed = flag(fields.get("omitManagedFields"), "omitManagedFields");
    if (problems.isEmpty()) {
      ServerChecks.problems(rules).forEach(problem -> problems.add(located(problem, root)));
    }
    return problems.isEmpty() ? new Policy(rules, stages, managed) : null;
  }

  private PolicyProblem located(PolicyProblem problem, Node root) {
    Position at = places.getOrDefault(problem.path(), Position.of(root));
    return problem.at(at.line(), at.column());
  }

  private void header(Node root, Map<String, Node> fields) {
    Node version = fields.get("apiVersion");
    String wanted = "write apiVersion: audit.k8s.io/v1";
    if (version == null) {
      problem(
          Position.of(root), "apiVersion", "apiVersion is missing; an API server exits", wanted);
    } else if (!StrictYaml.text(version).equals(Optional.of("audit.k8s.io/v1"))) {
      String got = version instanceof ScalarNode scalar ? scalar.getValue() : "?";
      String said = "no kind \"Policy\" is registered for version \"" + got + "\"";
      String since = got.startsWith("audit.k8s.io/") ? " (API servers since 1.24)" : "";
      problem(Position.of(version), "apiVersion", said + since, wanted);
    }
    Node kind = fields.get("kind");
    if (kind == null) {
      String wrong = "kind is missing; an API server exits: Object 'Kind' is missing";
      problem(Position.of(root), "kind", wrong, "write kind: Policy");
    } else if (!StrictYaml.text(kind).equals(Optional.of("Policy"))) {
      String wrong = "kind is " + StrictYaml.describe(kind) + "; an API server exits";
      problem(Position.of(kind), "kind", wrong, "write kind: Policy");
    }
  }

  private Rule rule(Node node, String path) {
    Map<String, Node> fields = fields(node, PolicyFields.RULE, path);
    return new Rule(
        level(node, fields.get("level"), path),
        texts(fields.get("users"), path + ".users"),
        texts(fields.get("userGroups"), path + ".userGroups"),
        texts(fields.get("verbs"), path + ".verbs"),
        texts(fields.get("namespaces"), path + ".namespaces"),
        fields.containsKey("resources") ? resources(fields.get("resources"), path) : List.of(),
        texts(fields.get("nonResourceURLs"), path + ".nonResourceURLs"),
        stages(fields.get("omitStages"), path + ".omitStages"),
        flag(fields.get("omitManagedFields"), path + ".omitManagedFields"));
  }

  private List<GroupResources> resources(Node node, String path) {
    String wanted = "a list of groups, each \"- group: ...\" with its own resources";
    return items(node, path + ".resources", wanted, this::groupResources);
  }

  private GroupResources groupResources(Node node, String path) {
    Map<String, Node> fields = fields(node, PolicyFields.GROUP, path);
    Node group = fields.get("group");
    return new GroupResources(
        group == null ? "" : text(group, path + ".group").orElse(""),
        texts(fields.get("resources"), path + ".resources"),
        texts(fields.get("resourceNames"), path + ".resourceNames"));
  }

  /** Returns a level; some level after a problem was noted, so that reading can go on. */
  private Level level(Node rule, Node node, String path) {
    if (node == null) {
      PolicyProblem missing = ServerChecks.levelMissing(path);
      problem(Position.of(rule), missing.path(), missing.text(), missing.advice());
      return Level.NONE;
    }
    String got = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    Optional<Level> level = Level.parse(got);
    if (level.isEmpty()) {
      String advice = PolicyFields.choose(got, Level.wireNames());
      PolicyProblem wrong = ServerChecks.levelUnsupported(path, got, advice);
      problem(Position.of(node), wrong.path(), wrong.text(), wrong.advice());
    }
    return level.orElse(Level.NONE);
  }

  private Set<Stage> stages(Node node, String path) {
    EnumSet<Stage> stages = EnumSet.noneOf(Stage.class);
    List<String> names = texts(node, path);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String at = path + "[" + i + "]";
      Optional<Stage> stage = Stage.parse(name);
      stage.ifPresent(stages::add);
      if (stage.isEmpty()) {
        String advice = PolicyFields.choose(name, Stage.wireNames());
        PolicyProblem wrong = ServerChecks.stageInvalid(at, name, advice);
        problem(places.get(at), wrong.path(), wrong.text(), wrong.advice());
      }
    }
    return stages;
  }

  private Optional<Boolean> flag(Node node, String path) {
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar && Tag.BOOL.equals(scalar.getTag())) {
      return Optional.of(TRUE.contains(scalar.getValue().toLowerCase(Locale.ROOT)));
    }
    String wrong = path + " is " + StrictYaml.describe(node) + ", not a boolean";
    problem(Position.of(node), path, wrong, "write true or false, without quotes");
    return Optional.empty();
  }

  private List<String> texts(Node node, String path) {
    if (node == null) {
      return List.of();
    }
    BiFunction<Node, String, Optional<String>> read = this::text;
    return items(node, path, "a list of texts, such as [\"a\", \"b\"]", read).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<String> text(Node node, String path) {
    Optional<String> text = StrictYaml.text(node);
    if (text.isEmpty()) {
      String wrong = path + " is " + StrictYaml.describe(node) + ", not a text";
      String advice = node instanceof ScalarNode ? "quote it" : "write one text here";
      problem(Position.of(node), path, wrong, advice);
    }
    return text;
  }

  private <T> List<T> items(
      Node node, String path, String wanted, BiFunction<Node, String, T> read) {
    if (!(node instanceof SequenceNode sequence)) {
      problem(
          Position.of(node),
          path,
          path + " is " + StrictYaml.describe(node),
          PolicyFields.list(node, wanted));
      return List.of();
    }
    List<T> items = new ArrayList<>();
    for (int i = 0; i < sequence.getValue().size(); i++) {
      String at = path + "[" + i + "]";
      Node item = sequence.getValue().get(i);
      places.put(at, Position.of(item));
      items.add(read.apply(item, at));
    }
    return items;
  }

  /** Returns the known fields of a mapping; unknown and repeated ones become problems. */
  private Map<String, Node> fields(Node node, PolicyFields kind, String path) {
    if (!(node instanceof MappingNode mapping)) {
      String what = path.isEmpty() ? "the file" : path;
      String wrong = what + " is " + StrictYaml.describe(node) + ", not a mapping";
      problem(Position.of(node), path, wrong, kind.example());
      return Map.of();
    }
    Function<String, String> below = name -> path.isEmpty() ? name : path + "." + name;
    Map<String, Node> fields = new LinkedHashMap<>();
    for (Entry entry : StrictYaml.entries(mapping)) {
      String name = entry.key();
      if (!kind.has(name)) {
        problem(entry.keyAt(), below.apply(name), kind.unknown(name, path), kind.instead(name));
      } else if (fields.containsKey(name)) {
        problem(entry.keyAt(), below.apply(name), kind.repeated(name, path), kind.once(name));
      } else {
        fields.put(name, entry.value());
        places.put(below.apply(name), Position.of(entry.value()));
      }
    }
    return fields;
  }

  private void problem(Position at, String path, String text, String advice) {
    problems.add(new PolicyProblem(path, text, advice, at.line(), at.column()));
  }
}

package dev.belay.core.builtin.kube.audit;

import dev.belay.core.internal.strictyaml.StrictYaml;
import dev.belay.core.text.NearMiss;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** The three kinds of mappings in a policy file, their fields, and what is said about others. */
enum PolicyFields {
  POLICY(
      "the policy",
      "start the file with apiVersion: audit.k8s.io/v1, kind: Policy and rules:",
      "apiVersion",
      "kind",
      "metadata",
      "rules",
      "omitStages",
      "omitManagedFields"),
  RULE(
      "a rule",
      "write each rule as a mapping that starts with \"- level: ...\"",
      "level",
      "users",
      "userGroups",
      "verbs",
      "resources",
      "namespaces",
      "nonResourceURLs",
      "omitStages",
      "omitManagedFields"),
  GROUP(
      "an entry of a rule's resources",
      "write - group: \"\" and below it resources: [\"pods\"]",
      "group",
      "resources",
      "resourceNames");

  private static final String IGNORED =
      " (an API server ignores it and starts, up to 1.25 silently, from 1.26 on with a log line)";

  /** What people write for a field that edit distance would not find. */
  private static final Map<String, String> MEANT =
      Map.of(
          "groups", "group",
          "apiGroup", "group",
          "apiGroups", "group",
          "names", "resourceNames",
          "stages", "omitStages",
          "nonResourceUrl", "nonResourceURLs",
          "urls", "nonResourceURLs",
          "user", "users",
          "verb", "verbs",
          "apiversion", "apiVersion");

  private final String noun;
  private final String example;
  private final List<String> fields;

  PolicyFields(String noun, String example, String... fields) {
    this.noun = noun;
    this.example = example;
    this.fields = List.of(fields);
  }

  boolean has(String field) {
    return fields.contains(field);
  }

  /** Returns what to write where there is no mapping at all. */
  String example() {
    return example;
  }

  String unknown(String field, String path) {
    String place = path.isEmpty() ? noun : path;
    return "unknown field \"" + field + "\" in " + place + guess(field) + IGNORED;
  }

  String repeated(String field, String path) {
    String place = path.isEmpty() ? noun : path;
    return "field \"" + field + "\" is in " + place + " twice; an API server takes one of them";
  }

  /** Returns what to do about an unknown field. */
  String instead(String field) {
    Optional<String> meant = meant(field).filter(this::has);
    if (meant.isPresent()) {
      return "write \"" + meant.get() + "\"";
    }
    return home(field)
        .map(home -> "it is a field of " + home.noun + ": " + indent(home))
        .orElse("remove it; " + noun + " has " + String.join(", ", fields));
  }

  /** Returns what to do about a repeated field. */
  String once(String field) {
    boolean flattened = this == POLICY || this == RULE && field.equals("resources");
    return "keep one" + (flattened ? "; perhaps the indentation below \"rules\" was lost" : "");
  }

  /** Returns advice on a name that is none of the allowed ones. */
  static String choose(String got, List<String> allowed) {
    return NearMiss.of(got, allowed)
        .map(near -> "write " + near)
        .orElse("write one of " + String.join(", ", allowed));
  }

  /** Returns advice on a node that ought to be a list. */
  static String list(Node node, String wanted) {
    if (StrictYaml.isNull(node)) {
      return "an empty field matches everything: remove it, or write below it "
          + wanted
          + " (is the indentation lost?)";
    }
    return "write " + wanted;
  }

  private String guess(String field) {
    return meant(field)
        .filter(this::has)
        .map(near -> "; did you mean \"" + near + "\"?")
        .orElseGet(() -> home(field).isPresent() ? "; is the indentation wrong?" : "");
  }

  private Optional<String> meant(String field) {
    if (home(field).isPresent()) {
      return Optional.empty();
    }
    return Optional.ofNullable(MEANT.get(field))
        .filter(this::has)
        .or(() -> NearMiss.of(field, fields));
  }

  /** Returns the kind of mapping that has a field, if another has. */
  private Optional<PolicyFields> home(String field) {
    return Arrays.stream(values()).filter(kind -> kind != this && kind.has(field)).findFirst();
  }

  private String indent(PolicyFields home) {
    return home.ordinal() > ordinal()
        ? "indent it so that it stands below one"
        : "indent it less, so that it stands in one";
  }
}

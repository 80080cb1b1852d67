package dev.belay.core.builtin.kube.object;

import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a role or cluster role allows.
 *
 * @param rules each of them
 */
public record RoleRules(List<Rule> rules) implements TypedContent {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Copies the list. */
  public RoleRules {
    rules = List.copyOf(rules);
  }

  /** Returns rules that allow these verbs on these resources of the core group. */
  public static RoleRules allow(List<String> verbs, String... resources) {
    return new RoleRules(List.of(new Rule("", List.of(resources), verbs)));
  }

  /** Returns rules that also allow these verbs on these resources of an API group. */
  public RoleRules and(String group, List<String> verbs, String... resources) {
    List<Rule> all = new java.util.ArrayList<>(rules);
    all.add(new Rule(group, List.of(resources), verbs));
    return new RoleRules(all);
  }

  /**
   * One rule.
   *
   * @param group of the API without version; empty for the core group
   * @param resources plural names, such as {@code pods} or {@code pods/exec}
   * @param verbs what is allowed
   */
  public record Rule(String group, List<String> resources, List<String> verbs) {
    /** Copies the lists. */
    public Rule {
      resources = List.copyOf(resources);
      verbs = List.copyOf(verbs);
      if (resources.isEmpty() || verbs.isEmpty()) {
        throw new IllegalArgumentException("a rule names at least one resource and one verb");
      }
    }
  }

  @Override
  public ObjectContent of(ObjectRef ref) {
    if (!ref.kind().equals(ObjectKind.ROLE) && !ref.kind().equals(ObjectKind.CLUSTER_ROLE)) {
      throw new IllegalArgumentException(ref + " is no role, which rules are for");
    }
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode list = root.putArray("rules");
    for (Rule rule : rules) {
      ObjectNode one = list.addObject();
      one.putArray("apiGroups").add(rule.group());
      rule.resources().forEach(one.putArray("resources")::add);
      rule.verbs().forEach(one.putArray("verbs")::add);
    }
    return ObjectContent.of(root);
  }
}

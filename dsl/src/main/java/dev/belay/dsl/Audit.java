package dev.belay.dsl;

import dev.belay.core.builtin.kube.audit.GroupResources;
import dev.belay.core.builtin.kube.audit.Level;
import dev.belay.core.builtin.kube.audit.Policy;
import dev.belay.core.builtin.kube.audit.PolicyYaml;
import dev.belay.core.builtin.kube.audit.Rule;

/** The words of an audit policy: rules in order, the first that matches a request decides. */
public final class Audit {

  private Audit() {}

  /**
   * Returns a policy of these rules.
   *
   * @throws dev.belay.core.builtin.kube.audit.PolicyException when the API server would reject it
   */
  public static Policy policy(Rule... rules) {
    return Policy.policy(rules);
  }

  /** Returns a rule that logs at this level; narrow it by resources, namespaces, users, verbs. */
  public static Rule rule(Level level) {
    return Rule.rule(level);
  }

  /** Returns resources of the core group, such as {@code pods} or {@code pods/log}. */
  public static GroupResources core(String... resources) {
    return GroupResources.core(resources);
  }

  /** Returns an API group without its version, such as {@code apps}; say which resources of it. */
  public static GroupResources apiGroup(String name) {
    return GroupResources.group(name);
  }

  /**
   * Returns the policy of a YAML file on this machine, read strictly: what no API server complains
   * of, such as a misspelt field, is refused with its line.
   *
   * @throws dev.belay.core.builtin.kube.audit.PolicyException when it is no policy, or not what was
   *     meant
   */
  public static Policy policyFile(String path) {
    return PolicyYaml.read(Steps.localFile(path).bytes());
  }
}

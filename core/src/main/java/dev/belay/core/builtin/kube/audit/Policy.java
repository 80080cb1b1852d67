package dev.belay.core.builtin.kube.audit;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An audit policy of the Kubernetes API server (audit.k8s.io/v1 {@code Policy}).
 *
 * <pre>{@code
 * policy(rule(Level.METADATA)
 *         .resources(core("pods", "configmaps"))
 *         .namespaces("omega", "citadel", "eden-prime"))
 *     .omitStages(Stage.REQUEST_RECEIVED)
 * }</pre>
 *
 * <p>The first rule that matches a request decides; a request that none matches is not logged. What
 * every API server would reject cannot be built. What it would accept and then ignore or never
 * match is in {@link #warnings()}.
 *
 * @param rules at least one, in the order they are tried
 * @param omitStages stages for which no event is made, for all rules
 * @param omitManagedFields whether managed fields are left out of bodies where a rule does not say;
 *     known to Kubernetes 1.23 and later
 */
public record Policy(List<Rule> rules, Set<Stage> omitStages, Optional<Boolean> omitManagedFields) {

  /**
   * Checks what the API server checks.
   *
   * @throws PolicyException naming everything the API server would reject
   */
  public Policy {
    rules = List.copyOf(rules);
    omitStages = Rule.inOrder(omitStages);
    List<PolicyProblem> problems = ServerChecks.problems(rules);
    if (!problems.isEmpty()) {
      throw new PolicyException(problems);
    }
  }

  /**
   * Returns a policy of these rules.
   *
   * @throws PolicyException naming everything the API server would reject
   */
  public static Policy policy(Rule... rules) {
    return new Policy(List.of(rules), Set.of(), Optional.empty());
  }

  /** Returns the policy without events of these stages, in place of those given earlier. */
  public Policy omitStages(Stage first, Stage... more) {
    return new Policy(rules, EnumSet.of(first, more), omitManagedFields);
  }

  /** Returns the policy logging bodies without managed fields where a rule does not say. */
  public Policy withoutManagedFields() {
    return new Policy(rules, omitStages, Optional.of(true));
  }

  /**
   * Returns what the API server accepts and yet ignores or never matches, by rule.
   *
   * <p>Names of namespaces, users and custom resources are not known here and so not judged.
   */
  public List<Warning> warnings() {
    return PolicyLint.warnings(this);
  }

  /**
   * Returns the oldest Kubernetes 1.x, as x, that does what the policy says.
   *
   * <p>36 where a group is {@code *} (older servers refuse the policy), 23 where managed fields are
   * omitted (older servers ignore the field), else 12, the first with audit.k8s.io/v1.
   */
  public int oldestMinor() {
    boolean anyGroup =
        rules.stream().flatMap(rule -> rule.resources().stream()).anyMatch(ServerChecks::isAny);
    boolean managedFields =
        omitManagedFields.isPresent()
            || rules.stream().anyMatch(rule -> rule.omitManagedFields().isPresent());
    if (anyGroup) {
      return 36;
    }
    return managedFields ? 23 : 12;
  }
}

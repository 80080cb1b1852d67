package dev.belay.core.builtin.kube.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Tells which rules take every request that another rule would match.
 *
 * <p>Follows kubernetes/apiserver pkg/audit/policy/checker.go. Errs on the side of "not covered":
 * only what follows from the text of the rules is found.
 */
final class Coverage {

  /** More single-valued parts than this of one rule are not looked at one by one. */
  private static final int MAX_PARTS = 4096;

  private Coverage() {}

  /** Tells whether every request {@code rule} matches is matched by {@code other}, too. */
  static boolean covers(Rule other, Rule rule) {
    return takes(other.users(), rule.users())
        && takes(other.userGroups(), rule.userGroups())
        && takes(other.verbs(), rule.verbs())
        && coversTargets(other, rule);
  }

  /**
   * Returns the indexes of the earlier rules that together take every request of a rule.
   *
   * @return empty where some request may still reach the rule
   */
  static List<Integer> coveredBy(List<Rule> earlier, Rule rule) {
    List<Rule> parts = parts(rule);
    List<Integer> used = new ArrayList<>();
    for (Rule part : parts) {
      int found = firstCovering(earlier, part);
      if (found < 0) {
        return List.of();
      }
      if (!used.contains(found)) {
        used.add(found);
      }
    }
    return used.stream().sorted().toList();
  }

  /** Tells whether an entry of a list of resources takes all that another entry takes. */
  static boolean coversResource(String other, String entry) {
    if (other.equals("*") || other.equals(entry)) {
      return true;
    }
    int slash = entry.indexOf('/');
    String resource = slash < 0 ? entry : entry.substring(0, slash);
    if (other.endsWith("/*")) {
      return !resource.equals("*") && other.equals(resource + "/*");
    }
    return other.startsWith("*/")
        && slash >= 0
        && other.substring(1).equals(entry.substring(slash));
  }

  private static int firstCovering(List<Rule> earlier, Rule part) {
    for (int i = 0; i < earlier.size(); i++) {
      if (covers(earlier.get(i), part)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean coversTargets(Rule other, Rule rule) {
    if (other.isForResources()) {
      return rule.isForResources()
          && takes(other.namespaces(), rule.namespaces())
          && coversResources(other.resources(), rule.resources());
    }
    if (other.isForPaths()) {
      return rule.isForPaths()
          && rule.nonResourceUrls().stream()
              .allMatch(url -> other.nonResourceUrls().stream().anyMatch(o -> coversUrl(o, url)));
    }
    return true;
  }

  private static boolean coversResources(List<GroupResources> others, List<GroupResources> wanted) {
    if (others.isEmpty()) {
      return true;
    }
    return !wanted.isEmpty()
        && wanted.stream().allMatch(want -> others.stream().anyMatch(o -> coversEntry(o, want)));
  }

  private static boolean coversEntry(GroupResources other, GroupResources wanted) {
    if (!ServerChecks.isAny(other) && !other.group().equals(wanted.group())) {
      return false;
    }
    if (other.resources().isEmpty()) {
      return true;
    }
    List<String> resources = wanted.resources().isEmpty() ? List.of("*") : wanted.resources();
    return takes(other.resourceNames(), wanted.resourceNames())
        && resources.stream()
            .allMatch(entry -> other.resources().stream().anyMatch(o -> coversResource(o, entry)));
  }

  private static boolean coversUrl(String other, String url) {
    boolean prefix = other.endsWith("*");
    return other.equals(url) || prefix && url.startsWith(other.substring(0, other.length() - 1));
  }

  /** Tells whether a list of accepted values (empty: all) takes all of another such list. */
  private static boolean takes(List<String> accepted, List<String> wanted) {
    return accepted.isEmpty() || !wanted.isEmpty() && accepted.containsAll(wanted);
  }

  /** Splits a rule into rules of one verb, namespace and resource each. */
  private static List<Rule> parts(Rule rule) {
    List<Rule> parts = split(List.of(rule), rule.verbs(), (r, verb) -> r.withVerbs(List.of(verb)));
    parts = split(parts, rule.namespaces(), (r, name) -> r.withNamespaces(List.of(name)));
    parts = split(parts, single(rule.resources()), (r, one) -> r.withResources(List.of(one)));
    return parts.size() > MAX_PARTS ? List.of(rule) : parts;
  }

  private static <T> List<Rule> split(
      List<Rule> rules, List<T> values, BiFunction<Rule, T, Rule> narrow) {
    if (values.isEmpty() || (long) rules.size() * values.size() > MAX_PARTS) {
      return rules;
    }
    return rules.stream()
        .flatMap(rule -> values.stream().map(value -> narrow.apply(rule, value)))
        .toList();
  }

  private static List<GroupResources> single(List<GroupResources> entries) {
    List<GroupResources> single = new ArrayList<>();
    for (GroupResources entry : entries) {
      if (entry.resources().isEmpty()) {
        single.add(entry);
      }
      for (String resource : entry.resources()) {
        single.add(new GroupResources(entry.group(), List.of(resource), entry.resourceNames()));
      }
    }
    return single;
  }
}

package dev.belay.core.builtin.kube.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * What the API server checks when it loads a policy, with its own words.
 *
 * <p>Source: kubernetes/apiserver pkg/apis/audit/validation/validation.go and
 * pkg/audit/policy/reader.go, the same from 1.17 to 1.35; 1.36 also accepts the group {@code *}.
 */
final class ServerChecks {

  private static final String SUBDOMAIN_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN_REGEX = SUBDOMAIN_LABEL + "(\\." + SUBDOMAIN_LABEL + ")*";
  private static final Pattern SUBDOMAIN = Pattern.compile(SUBDOMAIN_REGEX);
  private static final int SUBDOMAIN_LENGTH = 253;

  private ServerChecks() {}

  static List<PolicyProblem> problems(List<Rule> rules) {
    List<PolicyProblem> problems = new ArrayList<>();
    if (rules.isEmpty()) {
      problems.add(noRules());
    }
    for (int i = 0; i < rules.size(); i++) {
      String path = "rules[" + i + "]";
      urls(rules.get(i), path, problems);
      for (int j = 0; j < rules.get(i).resources().size(); j++) {
        resources(rules.get(i).resources().get(j), path, j, problems);
      }
      bothKinds(rules.get(i), path, problems);
    }
    return problems;
  }

  static PolicyProblem noRules() {
    return PolicyProblem.of(
        "rules", "loaded illegal policy with 0 rules", "give the policy at least one rule");
  }

  static PolicyProblem levelMissing(String rulePath) {
    return PolicyProblem.of(
        rulePath + ".level",
        rulePath + ".level: Required value",
        "give the rule one of the levels " + String.join(", ", Level.wireNames()));
  }

  static PolicyProblem levelUnsupported(String rulePath, String level, String advice) {
    String supported = Level.wireNames().stream().map(ServerChecks::quote).collect(joined());
    return PolicyProblem.of(
        rulePath + ".level",
        rulePath
            + ".level: Unsupported value: "
            + quote(level)
            + ": supported values: "
            + supported,
        advice);
  }

  static PolicyProblem stageInvalid(String path, String stage, String advice) {
    String allowed = "allowed stages are " + String.join(",", Stage.wireNames());
    return PolicyProblem.of(path, invalid(path, quote(stage), allowed), advice);
  }

  /** Tells whether a group is the wildcard that only 1.36 and later accept. */
  static boolean isAny(GroupResources resources) {
    return "*".equals(resources.group());
  }

  private static void urls(Rule rule, String rulePath, List<PolicyProblem> problems) {
    for (int i = 0; i < rule.nonResourceUrls().size(); i++) {
      String url = rule.nonResourceUrls().get(i);
      String path = rulePath + ".nonResourceURLs[" + i + "]";
      if (url.equals("*")) {
        continue;
      }
      if (!url.startsWith("/")) {
        String wrong = "non-resource URL rules must begin with a '/' character";
        String advice = "write " + quote("/" + url) + ", or \"*\" for every path";
        problems.add(PolicyProblem.of(path, invalid(path, quote(url), wrong), advice));
      }
      if (!url.isEmpty() && url.substring(0, url.length() - 1).contains("*")) {
        String wrong = "non-resource URL wildcards '*' must be the final character of the rule";
        String upTo = url.substring(0, url.indexOf('*') + 1);
        String advice = "write " + quote(upTo) + ", or one entry for each path";
        problems.add(PolicyProblem.of(path, invalid(path, quote(url), wrong), advice));
      }
    }
  }

  private static void resources(
      GroupResources entry, String rulePath, int index, List<PolicyProblem> problems) {
    String exact = rulePath + ".resources[" + index + "]";
    // The server leaves the index of the entry out of its own path.
    String said = rulePath + ".resources";
    String group = entry.group();
    if (!group.isEmpty() && !isAny(entry) && !isSubdomain(group)) {
      problems.add(
          PolicyProblem.of(
              exact + ".group",
              invalid(said + ".group", quote(group), subdomainText(group)),
              groupAdvice(group)));
    }
    if (!entry.resourceNames().isEmpty() && entry.resources().isEmpty()) {
      String names = list(entry.resourceNames());
      String wrong = "using resourceNames requires at least one resource";
      problems.add(
          PolicyProblem.of(
              exact + ".resourceNames",
              invalid(said + ".resourceNames", names, wrong),
              "name the resources the names belong to, such as \"configmaps\""));
    }
  }

  private static void bothKinds(Rule rule, String rulePath, List<PolicyProblem> problems) {
    if (rule.nonResourceUrls().isEmpty() || !rule.isForResources()) {
      return;
    }
    String path = rulePath + ".nonResourceURLs";
    String wrong = "rules cannot apply to both regular resources and non-resource URLs";
    problems.add(
        PolicyProblem.of(
            path,
            invalid(path, list(rule.nonResourceUrls()), wrong),
            "make two rules: one with the paths, one with resources and namespaces"));
  }

  private static boolean isSubdomain(String group) {
    return group.length() <= SUBDOMAIN_LENGTH && SUBDOMAIN.matcher(group).matches();
  }

  private static String subdomainText(String group) {
    if (group.length() > SUBDOMAIN_LENGTH) {
      return "must be no more than 253 characters";
    }
    return "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
        + " or '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
        + " regex used for validation is '"
        + SUBDOMAIN_REGEX
        + "')";
  }

  private static String groupAdvice(String group) {
    int slash = group.indexOf('/');
    if (slash > 0) {
      return "leave the version out: group " + quote(group.substring(0, slash));
    }
    return "write the group's name in lower case, such as \"apps\", or \"\" for the core group";
  }

  private static String invalid(String path, String value, String detail) {
    return path + ": Invalid value: " + value + ": " + detail;
  }

  private static String list(List<String> values) {
    return values.stream().map(ServerChecks::quote).collect(Collectors.joining(",", "[", "]"));
  }

  static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }
}

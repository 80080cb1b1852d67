package dev.belay.core.builtin.kube.audit;

import dev.belay.core.builtin.kube.audit.Warning.Kind;
import dev.belay.core.text.NearMiss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Looks at users, verbs, namespaces and paths of one rule, each value for itself. */
final class ValueLint {

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** Paths of resources: such requests are never compared with nonResourceURLs. */
  private static final Pattern RESOURCE_PATH =
      Pattern.compile("/api/[^/*]+/[^*].*|/apis/[^/*]+/[^/*]+/[^*].*");

  private static final Pattern USER_GROUP =
      Pattern.compile(
          "system:(masters|nodes|authenticated|unauthenticated|serviceaccounts(:.*)?|monitoring)");

  private ValueLint() {}

  static void check(Rule rule, Findings findings) {
    users(rule, findings);
    wildcards("userGroups", "group", rule.userGroups(), findings);
    verbs(rule, findings);
    namespaces(rule, findings);
    paths(rule, findings);
    if (rule.isForPaths() && rule.level().hasBodies()) {
      findings.add(
          Kind.NO_BODY,
          "asks for bodies by level " + rule.level().wireName(),
          "requests for paths that are no resources never have bodies in the log",
          "say level Metadata, which gives the same events");
    }
  }

  private static void users(Rule rule, Findings findings) {
    wildcards("users", "user", rule.users(), findings);
    for (String user : rule.users()) {
      if (USER_GROUP.matcher(user).matches()) {
        findings.add(
            Kind.USER,
            "users: \"" + user + "\"",
            "this is the name of a group, no user has it",
            "write it under userGroups");
      }
    }
  }

  private static void wildcards(String field, String noun, List<String> values, Findings findings) {
    for (String value : values) {
      if (value.contains("*")) {
        findings.add(
            Kind.WILDCARD,
            field + ": \"" + value + "\"",
            "the API server compares a " + noun + " letter by letter, so it never matches",
            wildcardAdvice(field, value));
      }
    }
  }

  private static String wildcardAdvice(String field, String value) {
    if (value.equals("*")) {
      return "leave " + field + " out to match all";
    }
    if (value.startsWith("system:serviceaccount:")) {
      return "name each account, or write userGroups: \"system:serviceaccounts:NAMESPACE\"";
    }
    if (value.startsWith("system:node:")) {
      return "write userGroups: \"system:nodes\"";
    }
    return "name each one";
  }

  private static void verbs(Rule rule, Findings findings) {
    wildcards("verbs", "verb", rule.verbs(), findings);
    List<String> known = knownVerbs(rule);
    for (String verb : rule.verbs()) {
      if (!verb.contains("*") && !known.contains(verb)) {
        findings.add(
            Kind.VERB, "verbs: \"" + verb + "\"", verbWhy(rule, verb), verbAdvice(verb, known));
      }
    }
  }

  private static List<String> knownVerbs(Rule rule) {
    if (rule.isForResources()) {
      return Verb.forResources();
    }
    List<String> known = new ArrayList<>(Verb.forPaths());
    if (!rule.isForPaths()) {
      known.addAll(Verb.forResources());
    }
    return known;
  }

  private static String verbWhy(Rule rule, String verb) {
    String lower = verb.toLowerCase(Locale.ROOT);
    if (!lower.equals(verb) && (Verb.forResources().contains(lower) || isHttp(lower))) {
      return "verbs are compared in lower case, so it never matches";
    }
    if (rule.isForResources() && isHttp(verb)) {
      return "requests for resources have Kubernetes verbs, not HTTP methods, so it never matches";
    }
    if (rule.isForPaths() && Verb.forResources().contains(verb)) {
      return "requests for other paths have the HTTP method as verb, so it never matches";
    }
    return "no request is known to have this verb, so it probably never matches";
  }

  private static String verbAdvice(String verb, List<String> known) {
    String lower = verb.toLowerCase(Locale.ROOT);
    if (known.contains(lower)) {
      return "write \"" + lower + "\"";
    }
    String instead =
        switch (lower) {
          case "post" -> "write \"create\"";
          case "put" -> "write \"update\"";
          case "list", "watch", "head" -> "write \"get\"";
          case "create" -> "write \"post\"";
          case "update" -> "write \"put\"";
          case "exec" -> "write resource pods/exec with verbs get and create";
          case "impersonate" -> "look at impersonatedUser in the events, it is in every one";
          default -> null;
        };
    return instead != null
        ? instead
        : NearMiss.of(verb, known)
            .map(near -> "write \"" + near + "\"")
            .orElse("use some of " + String.join(", ", known));
  }

  private static boolean isHttp(String verb) {
    return Verb.forPaths().contains(verb) && !Verb.forResources().contains(verb);
  }

  private static void namespaces(Rule rule, Findings findings) {
    wildcards("namespaces", "namespace", rule.namespaces(), findings);
    for (String namespace : rule.namespaces()) {
      boolean possible = namespace.isEmpty() || NAMESPACE.matcher(namespace).matches();
      if (!possible && !namespace.contains("*")) {
        findings.add(
            Kind.NAMESPACE,
            "namespaces: \"" + namespace + "\"",
            "a namespace of this name cannot exist (lower-case letters, digits and '-' only)",
            "correct the name");
      }
    }
  }

  private static void paths(Rule rule, Findings findings) {
    for (String url : rule.nonResourceUrls()) {
      if (RESOURCE_PATH.matcher(url).matches()) {
        findings.add(
            Kind.PATH,
            "nonResourceURLs: \"" + url + "\"",
            "this is the path of a resource; such requests never match nonResourceURLs",
            "write it as resources, namespaces and verbs");
      } else if (url.contains("?")) {
        findings.add(
            Kind.PATH,
            "nonResourceURLs: \"" + url + "\"",
            "the query is not part of the path that is compared, so it never matches",
            "leave out what follows the question mark");
      }
    }
  }
}

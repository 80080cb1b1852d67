package dev.belay.core.builtin.kube.audit;

import dev.belay.core.builtin.kube.audit.BuiltinResources.Known;
import dev.belay.core.builtin.kube.audit.Warning.Kind;
import dev.belay.core.text.NearMiss;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks at the groups, resources and object names of one rule. */
final class ResourceLint {

  private static final List<String> STREAMS =
      List.of("pods/exec", "pods/attach", "pods/portforward");

  private static final Set<String> NAMELESS = Set.of("list", "watch", "create", "deletecollection");

  private final Rule rule;
  private final GroupResources entry;
  private final Findings findings;

  private ResourceLint(Rule rule, GroupResources entry, Findings findings) {
    this.rule = rule;
    this.entry = entry;
    this.findings = findings;
  }

  static void check(Rule rule, Findings findings) {
    for (GroupResources entry : rule.resources()) {
      new ResourceLint(rule, entry, findings).run();
    }
  }

  /** Returns those of exec, attach and port-forward that a rule names. */
  static List<String> streams(Rule rule) {
    return STREAMS.stream()
        .filter(
            stream ->
                rule.resources().stream()
                    .anyMatch(
                        entry ->
                            entry.group().isEmpty()
                                && entry.resources().stream().anyMatch(r -> names(r, stream))))
        .toList();
  }

  /** Tells whether some request on a resource may match a rule. */
  static boolean mayMatch(Rule rule, GroupResources one) {
    return rule.resources().isEmpty()
        || rule.resources().stream().anyMatch(entry -> mayMatch(entry, one));
  }

  private static boolean mayMatch(GroupResources entry, GroupResources one) {
    boolean sameGroup = ServerChecks.isAny(entry) || entry.group().equals(one.group());
    return sameGroup
        && (entry.resources().isEmpty()
            || entry.resources().stream()
                .anyMatch(r -> Coverage.coversResource(r, one.resources().get(0))));
  }

  /** A rule for {@code *} or {@code pods/*} is not about exec in particular. */
  private static boolean names(String resource, String stream) {
    return resource.equals(stream) || resource.equals("*" + stream.substring(4));
  }

  private void run() {
    if (groupIsKnownOrCustom()) {
      entry.resources().forEach(this::resource);
    }
    overlaps();
    resourceNames();
  }

  private boolean groupIsKnownOrCustom() {
    String group = entry.group();
    if (BuiltinResources.hasGroup(group)) {
      return groupIsServed(group);
    }
    Optional<String> near = BuiltinResources.nearestGroup(group);
    boolean impossible = !group.contains(".");
    if (ServerChecks.isAny(entry)) {
      findings.add(
          Kind.GROUP,
          "group \"*\"",
          "only Kubernetes 1.36 and later know it; older API servers refuse the policy",
          "name each group, or apply it to 1.36 and later only");
      return true;
    }
    if (!impossible && near.isEmpty()) {
      return true;
    }
    findings.add(
        Kind.GROUP,
        "group \"" + group + "\"",
        impossible
            ? "no such group comes with Kubernetes, and custom ones have a dot in their name, so it"
                + " never matches"
            : "no such group comes with Kubernetes; unless it is a custom one, it never matches",
        groupAdvice(near));
    return false;
  }

  private boolean groupIsServed(String group) {
    if (BuiltinResources.isGone(group) && !entry.resources().isEmpty()) {
      findings.add(
          Kind.GROUP,
          "group \"" + group + "\" with " + String.join(", ", entry.resources()),
          "API servers from 1.22 on do not serve this group, so it never matches there",
          "name the groups that have these resources today, such as \"apps\" or"
              + " \"networking.k8s.io\"");
      return false;
    }
    return true;
  }

  private String groupAdvice(Optional<String> near) {
    if (List.of("core", "v1", "legacy", "api").contains(entry.group())) {
      return "write the core group as \"\"";
    }
    return near.filter(name -> !name.isEmpty())
        .or(this::groupOfResources)
        .map(name -> "write \"" + name + "\"")
        .orElse("look the group up with kubectl api-resources");
  }

  private Optional<String> groupOfResources() {
    return entry.resources().stream()
        .flatMap(resource -> BuiltinResources.groupsOf(mainPart(resource)).stream())
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  private void resource(String resource) {
    String reason = impossible(resource);
    if (reason != null) {
      findings.add(Kind.RESOURCE, quoted(resource), reason, spellingAdvice(resource));
      return;
    }
    if (resource.equals("*")) {
      return;
    }
    String main = mainPart(resource);
    if (main.equals("*")) {
      subresource(resource, BuiltinResources.allSubresources(), "any resource");
      return;
    }
    Optional<Known> known = BuiltinResources.find(entry.group(), main);
    if (known.isPresent()) {
      subresource(resource, known.get().subresources(), main);
      scope(known.get(), resource);
    } else if (!ServerChecks.isAny(entry) && BuiltinResources.hasGroup(entry.group())) {
      notInGroup(resource, main);
    }
  }

  private static String impossible(String resource) {
    if (resource.equals("*/*")) {
      return "the API server knows *, pods/* and */scale, not both at once, so it never matches";
    }
    if (resource.isEmpty() || resource.indexOf('/') != resource.lastIndexOf('/')) {
      return "it is no resource and no resource/subresource, so it never matches";
    }
    boolean wildcard =
        resource.replaceFirst("^\\*(/|$)", "").replaceFirst("/\\*$", "").contains("*");
    if (wildcard) {
      return "a * stands for a whole resource or subresource only, so it never matches";
    }
    boolean upper = resource.chars().anyMatch(Character::isUpperCase);
    return upper ? "resources are compared in lower case, so it never matches" : null;
  }

  private String spellingAdvice(String resource) {
    if (resource.equals("*/*")) {
      return "write \"*\", which is everything in the group";
    }
    return BuiltinResources.nearestResource(entry.group(), mainPart(resource))
        .map(near -> "write \"" + near + "\"")
        .orElse("write the plural in lower case, as kubectl api-resources prints it");
  }

  private void notInGroup(String resource, String main) {
    List<String> groups = BuiltinResources.groupsOf(main);
    if (!groups.isEmpty()) {
      findings.add(
          Kind.RESOURCE,
          quoted(resource),
          main + " is in group " + quotedGroup(groups.get(0)) + ", so it never matches here",
          "name it under " + quotedGroup(groups.get(0)));
      return;
    }
    String custom =
        entry.group().isEmpty()
            ? "the core group has no resource of this name and takes no custom ones; unless it is"
                + " newer than this list, it never matches"
            : "no such resource comes with Kubernetes in this group; unless it is a custom or newer"
                + " one, it never matches";
    String advice =
        BuiltinResources.nearestResource(entry.group(), main)
            .map(near -> "write \"" + near + "\"" + otherGroup(near))
            .orElse("look it up with kubectl api-resources");
    findings.add(Kind.RESOURCE, quoted(resource), custom, advice);
  }

  private String otherGroup(String resource) {
    return BuiltinResources.find(entry.group(), resource).isPresent()
        ? ""
        : " under " + quotedGroup(BuiltinResources.groupsOf(resource).get(0));
  }

  private void subresource(String resource, Set<String> known, String owner) {
    int slash = resource.indexOf('/');
    String part = slash < 0 ? "*" : resource.substring(slash + 1);
    if (!part.equals("*") && !known.contains(part)) {
      findings.add(
          Kind.SUBRESOURCE,
          quoted(resource),
          owner
              + " has no subresource "
              + part
              + " in any Kubernetes version known here, so it"
              + " probably never matches",
          NearMiss.of(part, new TreeSet<>(known))
              .map(near -> "write \"" + mainPart(resource) + "/" + near + "\"")
              .orElse("look it up with kubectl get --raw /api/v1"));
    }
  }

  private void scope(Known known, String resource) {
    boolean filtered = !rule.namespaces().isEmpty() && !rule.namespaces().contains("");
    // A request on a Namespace object has that namespace as its own (requestinfo.go).
    if (filtered && !known.namespaced() && !known.resource().equals("namespaces")) {
      findings.add(
          Kind.NAMESPACE,
          quoted(resource) + " with namespaces",
          known.resource()
              + " are in no namespace, their requests have the namespace \"\", so it"
              + " never matches",
          "move it to a rule without namespaces, or add the namespace \"\"");
    }
  }

  private void overlaps() {
    for (String resource : new TreeSet<>(entry.resources())) {
      long times = entry.resources().stream().filter(resource::equals).count();
      Optional<String> wider =
          entry.resources().stream()
              .filter(other -> !other.equals(resource))
              .filter(other -> Coverage.coversResource(other, resource))
              .findFirst();
      if (times > 1 || wider.isPresent()) {
        findings.add(
            Kind.OVERLAP,
            quoted(resource),
            times > 1
                ? "it is there " + times + " times"
                : "\"" + wider.orElseThrow() + "\" beside it takes it already",
            "leave it out once");
      }
    }
  }

  private void resourceNames() {
    if (entry.resourceNames().isEmpty()) {
      return;
    }
    entry.resourceNames().stream()
        .filter(name -> name.contains("*"))
        .forEach(
            name ->
                findings.add(
                    Kind.WILDCARD,
                    "resourceNames: \"" + name + "\"",
                    "the API server compares a name letter by letter, so it never matches",
                    name.equals("*") ? "leave resourceNames out to match all" : "name each one"));
    rule.verbs().stream().filter(NAMELESS::contains).distinct().forEach(this::namelessVerb);
  }

  private void namelessVerb(String verb) {
    boolean onlySubresources =
        entry.resources().stream().allMatch(r -> r.contains("/") && !r.endsWith("/*"));
    if (verb.equals("create") && onlySubresources) {
      // POST pods/NAME/exec carries the name of the pod.
      return;
    }
    boolean selectable = verb.equals("list") || verb.equals("watch");
    findings.add(
        Kind.RESOURCE_NAMES,
        "resourceNames with verb " + verb,
        selectable
            ? "such a request carries a name only with the field selector metadata.name=NAME, so it"
                + " hardly ever matches"
            : "such a request has no object name in its URL, so it never matches",
        "move verb " + verb + " to a rule without resourceNames");
  }

  private String quoted(String resource) {
    return "resource \"" + resource + "\" under group " + quotedGroup(entry.group());
  }

  private static String quotedGroup(String group) {
    return "\"" + group + "\"" + (group.isEmpty() ? " (core)" : "");
  }

  private static String mainPart(String resource) {
    int slash = resource.indexOf('/');
    return slash < 0 ? resource : resource.substring(0, slash);
  }
}

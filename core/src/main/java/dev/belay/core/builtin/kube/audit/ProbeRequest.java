package dev.belay.core.builtin.kube.audit;

import java.util.List;

/**
 * A request as the audit policy sees it, sent as the administrator of a kubeadm cluster.
 *
 * @param verb as the policy spells it
 * @param path the path of a request that is for no resource; empty for one that is
 * @param namespace empty outside of any
 * @param group the API group; empty for the core group
 * @param resource such as pods
 * @param subresource empty for none
 * @param name of the object; empty for a collection
 * @param uri path and query as they are sent
 */
record ProbeRequest(
    String verb,
    String path,
    String namespace,
    String group,
    String resource,
    String subresource,
    String name,
    String uri) {

  /** Whether a rule matches. */
  enum Match {
    YES,
    NO,
    /** It depends on the groups of the administrator, which differ by version. */
    MAYBE
  }

  private static final String USER = "kubernetes-admin";
  private static final String SURE_GROUP = "system:authenticated";

  /** The first up to Kubernetes 1.28, the second from 1.29 on. */
  private static final List<String> POSSIBLE_GROUPS =
      List.of("system:masters", "kubeadm:cluster-admins");

  String subcommand() {
    return verb.equals(Verb.DELETE.wireName()) ? "delete" : "get";
  }

  /** Decides as kubernetes/apiserver does, pkg/audit/policy/checker.go, ruleMatches. */
  Match meets(Rule rule) {
    boolean fits =
        allows(rule.users(), USER)
            && allows(rule.verbs(), verb)
            && (rule.isForResources() ? fitsResource(rule) : !rule.isForPaths() || fitsPath(rule));
    return fits ? groups(rule.userGroups()) : Match.NO;
  }

  private static Match groups(List<String> wanted) {
    if (allows(wanted, SURE_GROUP)) {
      return Match.YES;
    }
    return POSSIBLE_GROUPS.stream().anyMatch(wanted::contains) ? Match.MAYBE : Match.NO;
  }

  private boolean fitsPath(Rule rule) {
    return !path.isEmpty() && rule.nonResourceUrls().stream().anyMatch(this::fits);
  }

  private boolean fits(String url) {
    return url.endsWith("*")
        ? path.startsWith(url.substring(0, url.length() - 1))
        : path.equals(url);
  }

  private boolean fitsResource(Rule rule) {
    return path.isEmpty()
        && allows(rule.namespaces(), namespace)
        && (rule.resources().isEmpty() || rule.resources().stream().anyMatch(this::fits));
  }

  private boolean fits(GroupResources some) {
    return (some.group().equals("*") || some.group().equals(group))
        && (some.resources().isEmpty()
            || allows(some.resourceNames(), name)
                && some.resources().stream().anyMatch(this::fitsEntry));
  }

  private boolean fitsEntry(String entry) {
    return entry.equals("*")
        || entry.equals(subresource.isEmpty() ? resource : resource + "/" + subresource)
        || !subresource.isEmpty() && entry.equals("*/" + subresource)
        || entry.equals(resource + "/*");
  }

  private static boolean allows(List<String> wanted, String own) {
    return wanted.isEmpty() || wanted.contains(own);
  }
}

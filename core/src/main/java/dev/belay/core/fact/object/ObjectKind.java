package dev.belay.core.fact.object;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A kind of Kubernetes objects and where the API keeps them.
 *
 * @param group of the API; empty for the core group
 * @param version of the group, such as {@code v1}
 * @param kind such as {@code RoleBinding}
 * @param plural as in paths, such as {@code rolebindings}
 * @param namespaced whether its objects lie in namespaces
 */
public record ObjectKind(
    String group, String version, String kind, String plural, boolean namespaced) {

  private static final Pattern GROUP = Pattern.compile("([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?");
  private static final Pattern VERSION = Pattern.compile("v[0-9]+((alpha|beta)[0-9]+)?");
  private static final String RBAC_GROUP = "rbac.authorization.k8s.io";

  /** Pods. */
  public static final ObjectKind POD = core("Pod", "pods");

  /** Roles of one namespace. */
  public static final ObjectKind ROLE = rbac("Role", "roles", true);

  /** Bindings of roles and cluster roles in one namespace. */
  public static final ObjectKind ROLE_BINDING = rbac("RoleBinding", "rolebindings", true);

  /** Roles of all namespaces. */
  public static final ObjectKind CLUSTER_ROLE = rbac("ClusterRole", "clusterroles", false);

  /** Bindings of cluster roles in all namespaces. */
  public static final ObjectKind CLUSTER_ROLE_BINDING =
      rbac("ClusterRoleBinding", "clusterrolebindings", false);

  /** Config maps. */
  public static final ObjectKind CONFIG_MAP = core("ConfigMap", "configmaps");

  /** Secrets; their content is never shown. */
  public static final ObjectKind SECRET = core("Secret", "secrets");

  /** Accounts of programs. */
  public static final ObjectKind SERVICE_ACCOUNT = core("ServiceAccount", "serviceaccounts");

  /** Services. */
  public static final ObjectKind SERVICE = core("Service", "services");

  /** Deployments. */
  public static final ObjectKind DEPLOYMENT = apps("Deployment", "deployments");

  /** Stateful sets. */
  public static final ObjectKind STATEFUL_SET = apps("StatefulSet", "statefulsets");

  /** Daemon sets. */
  public static final ObjectKind DAEMON_SET = apps("DaemonSet", "daemonsets");

  /** Replica sets. */
  public static final ObjectKind REPLICA_SET = apps("ReplicaSet", "replicasets");

  /** Network policies. */
  public static final ObjectKind NETWORK_POLICY =
      new ObjectKind("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true);

  /** Namespaces. */
  public static final ObjectKind NAMESPACE =
      new ObjectKind("", "v1", "Namespace", "namespaces", false);

  private static final List<ObjectKind> KNOWN =
      List.of(
          POD,
          ROLE,
          ROLE_BINDING,
          CLUSTER_ROLE,
          CLUSTER_ROLE_BINDING,
          CONFIG_MAP,
          SECRET,
          SERVICE_ACCOUNT,
          SERVICE,
          DEPLOYMENT,
          STATEFUL_SET,
          DAEMON_SET,
          REPLICA_SET,
          NETWORK_POLICY,
          NAMESPACE);

  /** Checks that nothing in it would be read in another way in a path. */
  public ObjectKind {
    if (!GROUP.matcher(group).matches()
        || !VERSION.matcher(version).matches()
        || !kind.matches("[A-Z][A-Za-z0-9]*")
        || !plural.matches("[a-z][a-z0-9]*")) {
      throw new IllegalArgumentException(
          "no kind of objects: " + group + "/" + version + " " + kind + " (" + plural + ")");
    }
  }

  private static ObjectKind core(String kind, String plural) {
    return new ObjectKind("", "v1", kind, plural, true);
  }

  private static ObjectKind apps(String kind, String plural) {
    return new ObjectKind("apps", "v1", kind, plural, true);
  }

  private static ObjectKind rbac(String kind, String plural, boolean namespaced) {
    return new ObjectKind(RBAC_GROUP, "v1", kind, plural, namespaced);
  }

  /** Returns the kind that a manifest names, if it is one of those known here. */
  public static Optional<ObjectKind> of(String apiVersion, String kind) {
    return KNOWN.stream()
        .filter(known -> known.apiVersion().equals(apiVersion) && known.kind().equals(kind))
        .findFirst();
  }

  /** Returns group and version as manifests write them, such as {@code apps/v1} or {@code v1}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Tells whether objects of this kind say who may do what. */
  public boolean rbac() {
    return group.equals(RBAC_GROUP);
  }

  /**
   * Returns the path of all objects of this kind in a namespace.
   *
   * @param namespace checked to be a name of one; ignored for kinds without
   */
  String collection(Optional<String> namespace) {
    String root = (group.isEmpty() ? "/api/" : "/apis/") + apiVersion() + "/";
    return root
        + namespace.filter(any -> namespaced).map(name -> "namespaces/" + name + "/").orElse("")
        + plural;
  }

  @Override
  public String toString() {
    return kind;
  }
}

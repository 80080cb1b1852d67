package dev.belay.testkit.host;

import dev.belay.core.remote.Sh;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects for the stand-in API server of an embedded host, as if they had been there for a long
 * time: shell text that lays them where it keeps them. Immutable.
 *
 * @param commands one for each object
 */
public record ClusterObjects(List<String> commands) {

  private static final String STORE = "/var/lib/etcd/belay";
  private static final String RBAC = "rbac.authorization.k8s.io";

  /** When the objects were made: before everything in {@link IncidentLogs}. */
  public static final String MADE = "2022-06-23T13:00:00Z";

  /** Copies the list. */
  public ClusterObjects {
    commands = List.copyOf(commands);
  }

  /** Returns no objects but the namespaces named. */
  public static ClusterObjects namespaces(String... names) {
    ClusterObjects all = new ClusterObjects(List.of());
    for (String name : names) {
      all = all.with("namespaces", "", name, "\"kind\":\"Namespace\",\"apiVersion\":\"v1\"", "");
    }
    return all;
  }

  /**
   * Returns the cluster of CKS Challenge 4: agent-smith's role and binding in citadel, three pods
   * in eden-prime of which {@code eden-software2} is compromised, and neighbours of all of them.
   */
  public static ClusterObjects challenge4() {
    return namespaces("default", "omega", "citadel", "eden-prime")
        .role("citadel", "important_role_do_not_delete", "create", "delete", "get", "list")
        .binding(
            "citadel",
            "important_binding_do_not_delete",
            "important_role_do_not_delete",
            "agent-smith")
        .role("citadel", "webapp-viewer", "get", "list")
        .binding("citadel", "webapp-viewer", "webapp-viewer", "trinity")
        .pod("eden-prime", "eden-software1", "")
        .pod("eden-prime", "eden-software2", "")
        .pod("eden-prime", "eden-software3", "")
        .pod("omega", "omega-app", "");
  }

  /** Returns these and a role that allows the verbs on pods and config maps. */
  public ClusterObjects role(String namespace, String name, String... verbs) {
    return with(
        "roles",
        namespace,
        name,
        "\"kind\":\"Role\",\"apiVersion\":\"" + RBAC + "/v1\"",
        ",\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\",\"configmaps\"],\"verbs\":[\""
            + String.join("\",\"", verbs)
            + "\"]}]");
  }

  /** Returns these and a binding of a role to users. */
  public ClusterObjects binding(String namespace, String name, String role, String... users) {
    List<String> subjects = new ArrayList<>();
    for (String user : users) {
      subjects.add("{\"kind\":\"User\",\"apiGroup\":\"" + RBAC + "\",\"name\":\"" + user + "\"}");
    }
    return with(
        "rolebindings",
        namespace,
        name,
        "\"kind\":\"RoleBinding\",\"apiVersion\":\"" + RBAC + "/v1\"",
        ",\"roleRef\":{\"apiGroup\":\""
            + RBAC
            + "\",\"kind\":\"Role\",\"name\":\""
            + role
            + "\"},\"subjects\":["
            + String.join(",", subjects)
            + "]");
  }

  /**
   * Returns these and a pod that runs.
   *
   * @param metadata more JSON for its metadata, beginning with a comma; may be empty
   */
  public ClusterObjects pod(String namespace, String name, String metadata) {
    return with(
        "pods",
        namespace,
        name,
        "\"kind\":\"Pod\",\"apiVersion\":\"v1\"",
        metadata,
        ",\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"busybox\",\"volumeMounts\":[{"
            + "\"name\":\"kube-api-access-x7k2p\",\"readOnly\":true,"
            + "\"mountPath\":\"/var/run/secrets/kubernetes.io/serviceaccount\"}]}],"
            + "\"nodeName\":\"cp1\",\"serviceAccountName\":\"default\","
            + "\"serviceAccount\":\"default\",\"volumes\":[{\"name\":\"kube-api-access-x7k2p\","
            + "\"projected\":{\"sources\":[]}}]},\"status\":{\"phase\":\"Running\"}");
  }

  /**
   * Returns these and a deployment of one container {@code web}, with one pod, labelled {@code
   * app=NAME}, that runs its template.
   */
  public ClusterObjects deployment(String namespace, String name) {
    String labels = "{\"app\":\"" + name + "\"}";
    String owner = ",\"ownerReferences\":[{\"kind\":\"Deployment\",\"name\":\"" + name + "\"}]";
    return with(
            "deployments",
            namespace,
            name,
            "\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\"",
            ",\"generation\":1",
            ",\"spec\":{\"replicas\":1,\"selector\":{\"matchLabels\":"
                + labels
                + "},\"template\":{\"metadata\":{\"labels\":"
                + labels
                + "},\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"nginx\"}]}}}")
        .pod(namespace, name + "-0", ",\"labels\":" + labels + owner);
  }

  /**
   * Returns these and a stateful set with its pods {@code NAME-0}, {@code NAME-1} and so on.
   *
   * @param replicas how many
   */
  public ClusterObjects statefulSet(String namespace, String name, int replicas) {
    return workload("StatefulSet", namespace, name, replicas, "")
        .pods(namespace, name, replicas, owner("StatefulSet", name, commands.size()));
  }

  /**
   * Returns these and a deployment, its replica set {@code NAME-5d9}, and the pods of that, {@code
   * NAME-5d9-0} and so on.
   *
   * @param replicas how many
   */
  public ClusterObjects replicated(String namespace, String name, int replicas) {
    String set = name + "-5d9";
    String deployment = owner("Deployment", name, commands.size());
    return workload("Deployment", namespace, name, replicas, "")
        .workload("ReplicaSet", namespace, set, replicas, deployment)
        .pods(namespace, set, replicas, owner("ReplicaSet", set, commands.size() + 1));
  }

  private ClusterObjects pods(String namespace, String name, int replicas, String owner) {
    ClusterObjects all = this;
    for (int i = 0; i < replicas; i++) {
      all = all.pod(namespace, name + "-" + i, owner);
    }
    return all;
  }

  private ClusterObjects workload(
      String kind, String namespace, String name, int replicas, String metadata) {
    return with(
        kind.toLowerCase(java.util.Locale.ROOT) + "s",
        namespace,
        name,
        "\"kind\":\"" + kind + "\",\"apiVersion\":\"apps/v1\"",
        ",\"generation\":1" + metadata,
        ",\"spec\":{\"replicas\":" + replicas + "}");
  }

  /** More metadata of what the object of that number makes. */
  private static String owner(String kind, String name, int number) {
    return ",\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\""
        + kind
        + "\",\"name\":\""
        + name
        + "\",\"uid\":\""
        + uid(number)
        + "\",\"controller\":true,\"blockOwnerDeletion\":true}]";
  }

  private static String uid(int number) {
    return String.format(java.util.Locale.ROOT, "00000000-0000-4000-8000-%012d", number + 1);
  }

  private ClusterObjects with(
      String resource, String namespace, String name, String head, String rest) {
    return with(resource, namespace, name, head, "", rest);
  }

  private ClusterObjects with(
      String resource, String namespace, String name, String head, String metadata, String rest) {
    String home = namespace.isEmpty() ? "" : "\"namespace\":\"" + namespace + "\",";
    String json =
        "{"
            + head
            + ",\"metadata\":{\"name\":\""
            + name
            + "\","
            + home
            + "\"uid\":\""
            + uid(commands.size())
            + "\",\"resourceVersion\":\"7\",\"creationTimestamp\":\""
            + MADE
            + "\""
            + metadata
            + "}"
            + rest
            + "}";
    List<String> more = new ArrayList<>(commands);
    more.add(
        "printf %s "
            + Sh.quote(json)
            + " > "
            + Sh.quote(STORE + "/" + resource + "@" + namespace + "@" + name));
    return new ClusterObjects(more);
  }

  /** Returns the shell text that lays them down. */
  public String arrange() {
    return "mkdir -p -m 700 " + STORE + " && " + String.join(" && ", commands);
  }
}

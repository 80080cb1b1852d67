package dev.belay.core.fact.object;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes away what a cluster adds to an object by itself, so that the rest can be created again as
 * its author meant it. Pure.
 */
final class CleanObject {

  private static final List<String> METADATA =
      List.of(
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "generation",
          "managedFields",
          "selfLink",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "ownerReferences");

  /** Written by controllers and network plugins about what is running now. */
  private static final List<String> ANNOTATIONS =
      List.of(
          "deployment.kubernetes.io/revision",
          "cni.projectcalico.org/containerID",
          "cni.projectcalico.org/podIP",
          "cni.projectcalico.org/podIPs",
          "k8s.v1.cni.cncf.io/network-status",
          "k8s.v1.cni.cncf.io/networks-status");

  private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

  /** Since 1.21 a projected volume, before it the secret of a service account. */
  private static final Pattern TOKEN_VOLUME =
      Pattern.compile("kube-api-access-[a-z0-9]{5}|.+-token-[a-z0-9]{5}");

  private static final List<String> CONTAINERS = List.of("containers", "initContainers");

  private CleanObject() {}

  /**
   * Returns the object without identity, versions, times, status, owners; of a pod also without its
   * node, the injected token and the default tolerations. An owner is left out since the cluster
   * would remove what names an owner that is no more.
   */
  static ObjectContent of(ObjectContent live) {
    ObjectNode root = live.node();
    root.remove("status");
    if (root.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(METADATA);
      if (metadata.get("annotations") instanceof ObjectNode annotations) {
        annotations.remove(ANNOTATIONS);
        removeEmpty(metadata, "annotations");
      }
    }
    switch (root.path("kind").asString("")) {
      case "Pod" -> pod(root);
      case "Job" -> job(root);
      case "ServiceAccount" -> serviceAccount(root);
      default -> {}
    }
    return ObjectContent.of(root);
  }

  private static void pod(ObjectNode root) {
    if (!(root.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    // the API server refuses a new pod that has any
    spec.remove("ephemeralContainers");
    spec.remove("nodeName");
    // computed from the priority class, which may have changed since
    spec.remove(List.of("priority", "preemptionPolicy"));
    if (spec.path("serviceAccount").equals(spec.path("serviceAccountName"))) {
      spec.remove("serviceAccount");
    }
    token(spec);
    removeIf(spec, "tolerations", CleanObject::isDefault);
  }

  private static void token(ObjectNode spec) {
    Set<String> mounted = new TreeSet<>();
    for (JsonNode container : containers(spec)) {
      for (JsonNode mount : container.path("volumeMounts")) {
        String volume = mount.path("name").asString("");
        if (mount.path("mountPath").asString("").equals(TOKEN_PATH)
            && TOKEN_VOLUME.matcher(volume).matches()) {
          mounted.add(volume);
        }
      }
    }
    Predicate<JsonNode> injected = node -> mounted.contains(node.path("name").asString(""));
    for (JsonNode container : containers(spec)) {
      removeIf((ObjectNode) container, "volumeMounts", injected);
    }
    removeIf(spec, "volumes", injected);
  }

  private static Collection<JsonNode> containers(ObjectNode spec) {
    return CONTAINERS.stream()
        .flatMap(kind -> spec.path(kind).valueStream())
        .filter(ObjectNode.class::isInstance)
        .toList();
  }

  /** The admission plugin DefaultTolerationSeconds adds these two to every pod. */
  private static boolean isDefault(JsonNode toleration) {
    String key = toleration.path("key").asString("");
    return (key.equals("node.kubernetes.io/not-ready")
            || key.equals("node.kubernetes.io/unreachable"))
        && toleration.path("operator").asString("").equals("Exists")
        && toleration.path("effect").asString("").equals("NoExecute")
        && toleration.path("tolerationSeconds").asInt(0) == 300;
  }

  /** The job controller makes the selector, and labels the pods by the identity of the job. */
  private static void job(ObjectNode root) {
    if (!(root.get("spec") instanceof ObjectNode spec)
        || spec.path("manualSelector").asBoolean(false)) {
      return;
    }
    spec.remove("selector");
    List<String> made = List.of("controller-uid", "batch.kubernetes.io/controller-uid");
    for (JsonNode labels :
        List.of(
            root.path("metadata").path("labels"),
            spec.path("template").path("metadata").path("labels"))) {
      if (labels instanceof ObjectNode object) {
        object.remove(made);
      }
    }
  }

  /** Tokens of old clusters go with their account; a new one gets new ones. */
  private static void serviceAccount(ObjectNode root) {
    String name = root.path("metadata").path("name").asString("");
    Pattern token = Pattern.compile(Pattern.quote(name) + "-token-[a-z0-9]{5}");
    removeIf(root, "secrets", secret -> token.matcher(secret.path("name").asString("")).matches());
  }

  private static void removeIf(ObjectNode owner, String list, Predicate<JsonNode> unwanted) {
    if (owner.get(list) instanceof ArrayNode array) {
      for (int i = array.size() - 1; i >= 0; i--) {
        if (unwanted.test(array.get(i))) {
          array.remove(i);
        }
      }
      removeEmpty(owner, list);
    }
  }

  private static void removeEmpty(ObjectNode owner, String key) {
    if (owner.path(key).isEmpty()) {
      owner.remove(key);
    }
  }
}

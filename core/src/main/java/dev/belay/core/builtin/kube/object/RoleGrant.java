package dev.belay.core.builtin.kube.object;

import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which role a binding gives, and to whom.
 *
 * @param role a role of the binding's namespace, or a cluster role
 * @param cluster whether it is a cluster role
 * @param subjects to whom
 */
public record RoleGrant(String role, boolean cluster, List<Subject> subjects)
    implements TypedContent {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String GROUP = "rbac.authorization.k8s.io";

  /** Copies the list. */
  public RoleGrant {
    subjects = List.copyOf(subjects);
  }

  /**
   * Somebody who gets a role.
   *
   * @param kind {@code User}, {@code Group} or {@code ServiceAccount}
   * @param namespace of a service account; empty for others
   * @param name his name
   */
  public record Subject(String kind, String namespace, String name) {}

  /** Returns the grant of a role of the binding's namespace, to nobody yet. */
  public static RoleGrant ofRole(String name) {
    return new RoleGrant(name, false, List.of());
  }

  /** Returns the grant of a cluster role, to nobody yet. */
  public static RoleGrant ofClusterRole(String name) {
    return new RoleGrant(name, true, List.of());
  }

  /** Returns the grant to a user as well. */
  public RoleGrant toUser(String name) {
    return to(new Subject("User", "", name));
  }

  /** Returns the grant to a group as well. */
  public RoleGrant toGroup(String name) {
    return to(new Subject("Group", "", name));
  }

  /** Returns the grant to a service account as well. */
  public RoleGrant toServiceAccount(String namespace, String name) {
    return to(new Subject("ServiceAccount", namespace, name));
  }

  private RoleGrant to(Subject subject) {
    List<Subject> all = new ArrayList<>(subjects);
    all.add(subject);
    return new RoleGrant(role, cluster, all);
  }

  @Override
  public ObjectContent of(ObjectRef ref) {
    boolean everywhere = ref.kind().equals(ObjectKind.CLUSTER_ROLE_BINDING);
    if (!everywhere && !ref.kind().equals(ObjectKind.ROLE_BINDING)) {
      throw new IllegalArgumentException(ref + " is no binding, which a grant is for");
    }
    if (everywhere && !cluster) {
      throw new IllegalArgumentException(ref + " can only bind a cluster role");
    }
    ObjectNode root = MAPPER.createObjectNode();
    root.putObject("roleRef")
        .put("apiGroup", GROUP)
        .put("kind", cluster ? "ClusterRole" : "Role")
        .put("name", role);
    ArrayNode list = root.putArray("subjects");
    for (Subject subject : subjects) {
      ObjectNode one = list.addObject().put("kind", subject.kind()).put("name", subject.name());
      if (subject.kind().equals("ServiceAccount")) {
        one.put("namespace", subject.namespace());
      } else {
        one.put("apiGroup", GROUP);
      }
    }
    return ObjectContent.of(root);
  }
}

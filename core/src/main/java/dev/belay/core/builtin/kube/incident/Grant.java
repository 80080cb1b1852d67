package dev.belay.core.builtin.kube.incident;

import java.util.Optional;

/** What allowed a request, as far as the audit event tells. */
public sealed interface Grant {

  /** What stands for a name that cannot be known. */
  String UNKNOWN = "unknown";

  /** Returns the name of the role or cluster role, or {@link #UNKNOWN}. */
  String roleName();

  /** Returns the name of the binding, without its namespace, or {@link #UNKNOWN}. */
  String bindingName();

  /**
   * A binding of RBAC. The API server names only the first that allows a request; another may allow
   * the same.
   *
   * @param binding what binds
   * @param role what is bound
   * @param subject to whom
   */
  record Rbac(Binding binding, Role role, Subject subject) implements Grant {
    @Override
    public String roleName() {
      return role.name();
    }

    @Override
    public String bindingName() {
      return binding.name();
    }
  }

  /**
   * Nothing is known of what allowed the request.
   *
   * @param why a clause, such as {@code the API server gave no reason}
   */
  record Unknown(String why) implements Grant {
    @Override
    public String roleName() {
      return UNKNOWN;
    }

    @Override
    public String bindingName() {
      return UNKNOWN;
    }
  }

  /**
   * A RoleBinding or ClusterRoleBinding.
   *
   * @param name its name
   * @param namespace where a RoleBinding lies; empty for a ClusterRoleBinding
   */
  record Binding(String name, Optional<String> namespace) {}

  /**
   * A Role or ClusterRole.
   *
   * @param name its name
   * @param cluster whether it is a ClusterRole
   */
  record Role(String name, boolean cluster) {}

  /**
   * To whom a role is bound.
   *
   * @param kind what the name means
   * @param name of a user or group, or {@code NAMESPACE/NAME} of a service account
   */
  record Subject(Kind kind, String name) {
    /** What a subject is. */
    public enum Kind {
      /** A user by name. */
      USER,
      /** A group of users. */
      GROUP,
      /** A service account. */
      SERVICE_ACCOUNT
    }
  }
}

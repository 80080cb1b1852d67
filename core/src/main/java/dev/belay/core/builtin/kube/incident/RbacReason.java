package dev.belay.core.builtin.kube.incident;

import dev.belay.core.builtin.kube.incident.Grant.Subject.Kind;
import java.util.Optional;

/**
 * Reads the annotation {@code authorization.k8s.io/reason}. Its forms are those of
 * plugin/pkg/auth/authorizer/rbac/rbac.go and pkg/registry/rbac/validation/rule.go of Kubernetes;
 * names are printed there with Go's {@code %q}.
 */
public final class RbacReason {

  private static final int LENGTH = 200;

  private final String text;
  private int at;

  private RbacReason(String text) {
    this.text = text;
  }

  /** Returns what the reason says; anything but a whole reason of RBAC says nothing. */
  public static Grant parse(String reason) {
    if (reason.isEmpty()) {
      return new Grant.Unknown("the API server gave no reason, as for members of system:masters");
    }
    return new RbacReason(reason)
        .grant()
        .<Grant>map(rbac -> rbac)
        .orElseGet(() -> new Grant.Unknown("the reason is no binding of RBAC: " + cut(reason)));
  }

  private static String cut(String reason) {
    return reason.length() > LENGTH ? reason.substring(0, LENGTH) + "…" : reason;
  }

  private Optional<Grant.Rbac> grant() {
    if (!skip("RBAC: allowed by ")) {
      return Optional.empty();
    }
    boolean clusterWide = skip("ClusterRoleBinding ");
    if (!clusterWide && !skip("RoleBinding ")) {
      return Optional.empty();
    }
    Optional<Grant.Binding> binding = quoted().flatMap(name -> binding(name, clusterWide));
    boolean clusterRole = skip(" of ClusterRole ");
    if (binding.isEmpty() || !clusterRole && !skip(" of Role ")) {
      return Optional.empty();
    }
    Optional<Grant.Role> role = quoted().map(name -> new Grant.Role(name, clusterRole));
    Optional<Grant.Subject> subject = skip(" to ") ? subject() : Optional.empty();
    boolean whole = role.isPresent() && subject.isPresent() && at == text.length();
    return whole
        ? Optional.of(new Grant.Rbac(binding.get(), role.get(), subject.get()))
        : Optional.empty();
  }

  /** A RoleBinding is printed as NAME/NAMESPACE; neither can hold a slash itself. */
  private static Optional<Grant.Binding> binding(String name, boolean clusterWide) {
    if (clusterWide) {
      return Optional.of(new Grant.Binding(name, Optional.empty()));
    }
    int slash = name.lastIndexOf('/');
    return slash < 0
        ? Optional.empty()
        : Optional.of(
            new Grant.Binding(name.substring(0, slash), Optional.of(name.substring(slash + 1))));
  }

  private Optional<Grant.Subject> subject() {
    if (skip("ServiceAccount ")) {
      return quoted().flatMap(RbacReason::serviceAccount);
    }
    boolean user = skip("User ");
    if (!user && !skip("Group ")) {
      return Optional.empty();
    }
    return quoted().map(name -> new Grant.Subject(user ? Kind.USER : Kind.GROUP, name));
  }

  private static Optional<Grant.Subject> serviceAccount(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0
        ? Optional.empty()
        : Optional.of(
            new Grant.Subject(
                Kind.SERVICE_ACCOUNT, name.substring(slash + 1) + "/" + name.substring(0, slash)));
  }

  private boolean skip(String word) {
    boolean there = text.startsWith(word, at);
    at += there ? word.length() : 0;
    return there;
  }

  private Optional<String> quoted() {
    Optional<GoQuoted> name = GoQuoted.at(text, at);
    at = name.map(GoQuoted::end).orElse(at);
    return name.map(GoQuoted::value);
  }
}

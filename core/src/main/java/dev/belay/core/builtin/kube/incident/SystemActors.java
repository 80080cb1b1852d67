package dev.belay.core.builtin.kube.incident;

import java.util.Set;

/**
 * Which users are parts of Kubernetes itself: nodes, control-plane components, and the service
 * accounts of kube-system, under which controllers work.
 */
final class SystemActors {

  private static final String PREFIX = "system:";
  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";
  private static final String KUBE_SYSTEM = "system:serviceaccount:kube-system:";

  /** Names that begin with system: and stand for people, or for anybody. */
  private static final Set<String> PEOPLE =
      Set.of("system:anonymous", "system:admin", "system:unsecured");

  private SystemActors() {}

  /** Who acts as another is a person or a program of one, whomever he acts as. */
  static boolean isSystem(AuditEvent.Who who) {
    String user = who.user();
    if (who.impersonated().isPresent() || PEOPLE.contains(user)) {
      return false;
    }
    if (user.startsWith(SERVICE_ACCOUNT)) {
      return user.startsWith(KUBE_SYSTEM);
    }
    return user.startsWith(PREFIX) && !user.startsWith("system:bootstrap:")
        || user.equals("kube-apiserver");
  }
}

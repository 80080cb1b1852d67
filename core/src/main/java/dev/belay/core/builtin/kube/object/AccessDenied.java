package dev.belay.core.builtin.kube.object;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.object.AccessFact;
import dev.belay.core.fact.object.Action;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sees that a user may not do something in a cluster, as {@code kubectl auth can-i} does. Changes
 * nothing: where he may, it fails and names what allows it.
 *
 * @param kubectl by which credentials it is asked
 * @param action what he may not do
 */
public record AccessDenied(Kubectl kubectl, Action action) implements ReversibleStep {

  /**
   * Returns the step for a resource of the core group in a namespace.
   *
   * @param user as the API server knows him
   * @param verb such as {@code create}
   * @param resource plural, such as {@code pods} or {@code pods/exec}
   */
  public static AccessDenied of(String user, String verb, String resource, String namespace) {
    return new AccessDenied(
        Kubectl.ADMIN, new Action(user, List.of(), verb, resource, "", Optional.of(namespace)));
  }

  /** Returns the step for the user as a member of one more group. */
  public AccessDenied inGroup(String name) {
    List<String> groups = new ArrayList<>(action.groups());
    groups.add(name);
    return new AccessDenied(
        kubectl,
        new Action(
            action.user(),
            groups,
            action.verb(),
            action.resource(),
            action.group(),
            action.namespace()));
  }

  /** Returns the step for a resource of an API group, without its version. */
  public AccessDenied apiGroup(String name) {
    return new AccessDenied(
        kubectl,
        new Action(
            action.user(),
            action.groups(),
            action.verb(),
            action.resource(),
            name,
            action.namespace()));
  }

  /** Returns the step that asks with another kubeconfig of the host. */
  public AccessDenied kubeconfig(String path) {
    return new AccessDenied(new Kubectl(RemotePath.of(path)), action);
  }

  @Override
  public String label() {
    return "cannot["
        + action.user()
        + " "
        + action.verb()
        + " "
        + action.resource()
        + action.namespace().map(name -> " in " + name).orElse("")
        + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return List.of(new AccessFact(kubectl, action));
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    refuseAllowed(label(), List.of(new AccessFact(kubectl, action)), facts);
    return List.of();
  }

  /**
   * Refuses where one of these is allowed, and names the grant.
   *
   * @param wanted the state that is wanted, for people
   */
  public static void refuseAllowed(String wanted, List<AccessFact> asked, Facts facts) {
    for (AccessFact fact : asked) {
      AccessFact.Access access = facts.get(fact);
      if (access.allowed()) {
        throw new StepRefusedException(
            wanted,
            fact.action() + (access.reason().isEmpty() ? "" : " (" + access.reason() + ")"),
            access.reason().contains("RoleBinding")
                ? "that binding still grants it: take it away too, or change it"
                : "find what grants it: kubectl auth can-i --as, and the groups of the user");
      }
    }
  }
}

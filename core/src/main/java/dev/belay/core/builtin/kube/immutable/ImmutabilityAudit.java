package dev.belay.core.builtin.kube.immutable;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectListFact;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Finding;
import dev.belay.core.step.ReversibleStep;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Lists every container of a cluster that can be altered while it runs, and why: also init and
 * ephemeral ones. Reads only, and never fails for what it finds. Pods that have ended are left out.
 *
 * <p>Pod Security Admission cannot tell: none of its standards looks at readOnlyRootFilesystem
 * (kubernetes, staging/src/k8s.io/pod-security-admission/policy).
 *
 * @param kubectl by which credentials
 * @param namespace only in this namespace; empty for all of them
 */
public record ImmutabilityAudit(Kubectl kubectl, Optional<String> namespace)
    implements ReversibleStep {

  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /** Checks the namespace. */
  public ImmutabilityAudit {
    namespace.ifPresent(name -> new ObjectListFact(kubectl, ObjectKind.POD, Optional.of(name)));
  }

  /** Lists the containers of the cluster whose administrator is known to the host. */
  public ImmutabilityAudit() {
    this(Kubectl.ADMIN, Optional.empty());
  }

  /** Returns the audit of one namespace. */
  public ImmutabilityAudit namespace(String name) {
    return new ImmutabilityAudit(kubectl, Optional.of(name));
  }

  /** Returns the audit that asks with another kubeconfig of the host. */
  public ImmutabilityAudit kubeconfig(String path) {
    return new ImmutabilityAudit(new Kubectl(RemotePath.of(path)), namespace);
  }

  private ObjectListFact pods() {
    return new ObjectListFact(kubectl, ObjectKind.POD, namespace);
  }

  /**
   * Returns the containers that can be altered, by namespace and pod.
   *
   * @throws dev.belay.core.fact.UnknownFactException while the API server cannot be asked
   * @throws dev.belay.core.fact.FailedFactException when it refuses to tell
   */
  public List<MutableContainer> report(Facts facts) {
    return facts.get(pods()).stream()
        .<JsonNode>map(ObjectContent::node)
        .filter(pod -> !ENDED.contains(pod.path("status").path("phase").asString("")))
        .flatMap(pod -> MutableContainer.of(pod).stream())
        .toList();
  }

  @Override
  public String label() {
    return "immutabilityAudit[" + namespace.orElse("all namespaces") + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return List.of(pods());
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    report(facts);
    return List.of();
  }

  @Override
  public List<Finding> findings(Facts facts) {
    if (!facts.knows(pods()) || report(facts).isEmpty()) {
      return List.of();
    }
    return List.of(
        new Finding(
            "containers that can be altered while they run",
            List.of("namespace", "pod", "container", "type", "owner", "why"),
            report(facts).stream().map(MutableContainer::row).toList()));
  }
}

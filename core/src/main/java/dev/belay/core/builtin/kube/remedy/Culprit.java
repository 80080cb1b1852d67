package dev.belay.core.builtin.kube.remedy;

import dev.belay.core.builtin.kube.incident.AuditSearch;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.remote.RemotePath;

/**
 * Whoever an audit log names as responsible for what happens in a namespace, found by the same
 * search as in a report: no step.
 *
 * @param search what is looked for
 * @param kubectl by which credentials the cluster is asked
 */
public record Culprit(AuditSearch search, Kubectl kubectl) {

  /** Names the culprit in the cluster whose administrator is known to the host. */
  public Culprit(AuditSearch search) {
    this(search, Kubectl.ADMIN);
  }

  /** Returns the same, in the cluster of another kubeconfig of the host. */
  public Culprit kubeconfig(String path) {
    return new Culprit(search, new Kubectl(RemotePath.of(path)));
  }

  /** Returns the step that takes the role and the binding away by which it was done. */
  public CulpritGrantAbsent grantAbsent() {
    return new CulpritGrantAbsent(search, kubectl);
  }

  /** Returns the step that sees that the culprit cannot do it any more. */
  public CulpritDenied denied() {
    return new CulpritDenied(search, kubectl);
  }
}

package dev.belay.core.builtin.kube.remedy;

import dev.belay.core.builtin.falco.FalcoSearch;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.remote.RemotePath;

/**
 * The pods about which Falco raised alerts of a kind, found by the same search as in a report: no
 * step.
 *
 * @param search what is looked for
 * @param kubectl by which credentials the cluster is asked
 */
public record CompromisedPods(FalcoSearch search, Kubectl kubectl) {

  /** Names the pods in the cluster whose administrator is known to the host. */
  public CompromisedPods(FalcoSearch search) {
    this(search, Kubectl.ADMIN);
  }

  /** Returns the same, in the cluster of another kubeconfig of the host. */
  public CompromisedPods kubeconfig(String path) {
    return new CompromisedPods(search, new Kubectl(RemotePath.of(path)));
  }

  /** Returns the step that deletes them. */
  public CompromisedPodsAbsent absent() {
    return new CompromisedPodsAbsent(search, kubectl);
  }
}

package dev.belay.core.builtin.kube.remedy;

import dev.belay.core.builtin.kube.syscall.Syscalls;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.remote.RemotePath;

/**
 * The pods that are seen to make forbidden system calls, found by the same watch as in a report: no
 * step.
 *
 * @param watch which pods are watched, and what they must not call
 * @param kubectl by which credentials the cluster is asked
 */
public record GuiltyPods(Syscalls watch, Kubectl kubectl) {

  /** Refuses a watch by which nothing is forbidden. */
  public GuiltyPods {
    if (watch.forbidden().isEmpty()) {
      throw new IllegalArgumentException(
          watch.label() + " forbids nothing: name the system calls, as forbidden(\"kill\")");
    }
  }

  /** Names the pods in the cluster whose administrator is known to the host. */
  public GuiltyPods(Syscalls watch) {
    this(watch, Kubectl.ADMIN);
  }

  /** Returns the same, in the cluster of another kubeconfig of the host. */
  public GuiltyPods kubeconfig(String path) {
    return new GuiltyPods(watch, new Kubectl(RemotePath.of(path)));
  }

  /** Returns the step that deletes them, for pods that stand for themselves. */
  public GuiltyPodsAbsent absent() {
    return new GuiltyPodsAbsent(watch, kubectl);
  }

  /** Returns the step that scales to 0 what would make them anew. */
  public GuiltyOwnersAtZero ownersScaledToZero() {
    return new GuiltyOwnersAtZero(watch, kubectl);
  }
}

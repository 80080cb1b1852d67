package dev.belay.core.builtin.kube.syscall;

/** Who would make a pod anew if it were deleted. */
public sealed interface PodOwner {

  /**
   * A controller.
   *
   * @param kind such as {@code Deployment}, the topmost that is known
   * @param name of the object, in the namespace of the pod
   */
  record Controller(String kind, String name) implements PodOwner {
    @Override
    public String toString() {
      return kind + "/" + name;
    }
  }

  /** Nobody: the pod stands for itself. */
  record Nobody() implements PodOwner {
    @Override
    public String toString() {
      return "none";
    }
  }

  /** The node cannot tell: it has no kubectl with admin.conf, or the API server does not answer. */
  record Unknown() implements PodOwner {
    @Override
    public String toString() {
      return "unknown";
    }
  }
}

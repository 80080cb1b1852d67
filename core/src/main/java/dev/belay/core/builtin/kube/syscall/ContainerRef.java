package dev.belay.core.builtin.kube.syscall;

import dev.belay.core.builtin.falco.PodRef;

/**
 * A container of a pod on a node.
 *
 * @param pod the pod
 * @param name of the container in it
 * @param id 64 digits in hex
 */
public record ContainerRef(PodRef pod, String name, String id) {

  /** Checks the id, which goes to the host's shell. */
  public ContainerRef {
    if (!id.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("no id of a container: " + id);
    }
  }
}

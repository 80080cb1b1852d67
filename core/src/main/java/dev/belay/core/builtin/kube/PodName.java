package dev.belay.core.builtin.kube;

import java.util.Objects;

/**
 * The name by which kubelet knows a static pod, before it adds the node's name.
 *
 * @param namespace the namespace; {@code default} where the manifest names none
 * @param name the name in the manifest
 */
public record PodName(String namespace, String name) {
  /** Checks that both are there. */
  public PodName {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}

package dev.belay.core.builtin.falco;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the names that kubelet gives to containers of Docker: {@code
 * k8s_CONTAINER_POD_NAMESPACE_UID_ATTEMPT}, a random part after it where a name was taken, see
 * dockershim/naming.go of Kubernetes. Other runtimes use the bare name of the container.
 */
final class ContainerName {

  private static final Pattern DOCKER =
      Pattern.compile("/?k8s_[^_]+_([^_]+)_([^_]+)_[0-9a-f-]+_[0-9]+(_[0-9a-f]+)?");

  private ContainerName() {}

  /** Returns the pod that the name tells; empty when it tells none. */
  static Optional<PodRef> pod(String name) {
    Matcher docker = DOCKER.matcher(name);
    return docker.matches() ? PodRef.of(docker.group(2), docker.group(1)) : Optional.empty();
  }
}

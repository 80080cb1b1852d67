package dev.belay.core.builtin.kube.syscall;

import dev.belay.core.builtin.falco.PodRef;
import java.util.regex.Pattern;

/**
 * Pods of one namespace by name.
 *
 * @param namespace a DNS label
 * @param name a name in which {@code *} stands for any characters, such as {@code collector1-*}
 */
public record PodPattern(String namespace, String name) {

  /** Checks the characters that names of Kubernetes have. */
  public PodPattern {
    if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
        || !name.matches("[a-z0-9.*-]{1,253}")) {
      throw new IllegalArgumentException("no names of pods: " + namespace + ", " + name);
    }
  }

  boolean matches(PodRef pod) {
    String regex = Pattern.quote(name).replace("*", "\\E.*\\Q");
    return pod.namespace().equals(namespace) && pod.name().matches(regex);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}

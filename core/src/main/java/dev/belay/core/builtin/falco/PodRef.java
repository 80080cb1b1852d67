package dev.belay.core.builtin.falco;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pod, by names that Kubernetes allows: nothing else can be in them that a shell or a file would
 * read in another way.
 *
 * @param namespace a DNS label
 * @param name a DNS subdomain
 */
public record PodRef(String namespace, String name) implements Comparable<PodRef> {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  /** Checks the names. */
  public PodRef {
    if (!isPod(namespace, name)) {
      throw new IllegalArgumentException("no names of a pod: " + namespace + ", " + name);
    }
  }

  /** Returns the pod of these names; empty when no pod can have them. */
  public static Optional<PodRef> of(String namespace, String name) {
    return isPod(namespace, name) ? Optional.of(new PodRef(namespace, name)) : Optional.empty();
  }

  private static boolean isPod(String namespace, String name) {
    return LABEL.matcher(namespace).matches() && SUBDOMAIN.matcher(name).matches();
  }

  @Override
  public int compareTo(PodRef other) {
    return Comparator.comparing(PodRef::namespace).thenComparing(PodRef::name).compare(this, other);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}

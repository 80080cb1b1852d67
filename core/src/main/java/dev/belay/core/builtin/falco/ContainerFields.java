package dev.belay.core.builtin.falco;

import java.util.Optional;

/**
 * What an alert says of the container; what it does not say is empty.
 *
 * @param id the first digits of the container's id, or {@code host}
 * @param name name of the container
 * @param namespace of the pod
 * @param pod name of the pod
 */
record ContainerFields(String id, String name, String namespace, String pod) {

  private static final String HOST = "host";

  /** Returns where it happened. Fields that contradict each other say nothing. */
  Place place() {
    Optional<PodRef> told = PodRef.of(namespace, pod);
    Optional<PodRef> named = ContainerName.pod(name);
    boolean host = id.equals(HOST) || id.isEmpty() && name.equals(HOST);
    if (told.isPresent() && named.isPresent() && !told.equals(named)) {
      return new Place.Unknown(id, name);
    }
    if (host) {
      return told.isPresent() || named.isPresent() ? new Place.Unknown("", name) : new Place.Host();
    }
    return told.or(() -> named)
        .<Place>map(Place.Pod::new)
        .orElseGet(() -> new Place.Unknown(id, name));
  }
}

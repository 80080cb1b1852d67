package dev.belay.core.builtin.falco;

/** Where something happened, as far as an alert tells. */
public sealed interface Place {

  /**
   * In a pod.
   *
   * @param ref which
   */
  record Pod(PodRef ref) implements Place {}

  /** On the host itself. */
  record Host() implements Place {}

  /**
   * In a container of which the alert does not tell the pod.
   *
   * @param container the first digits of its id; empty when the alert does not tell that either
   * @param name of the container; may be empty
   */
  record Unknown(String container, String name) implements Place {}
}

package dev.belay.core.builtin.kube.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How much of a matching request is written to the audit log (audit.k8s.io/v1 {@code Level}).
 *
 * <p>Requests for anything but resources, such as {@code /healthz}, never have bodies in the log,
 * whatever the level.
 */
public enum Level {
  /** Nothing. */
  NONE("None"),
  /** Who did what to which object and when; no bodies. */
  METADATA("Metadata"),
  /** Metadata and the request's body. */
  REQUEST("Request"),
  /** Metadata and both bodies. */
  REQUEST_RESPONSE("RequestResponse");

  private final String wireName;

  Level(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the name as the policy file spells it, such as {@code RequestResponse}. */
  public String wireName() {
    return wireName;
  }

  /** Tells whether bodies are written. */
  boolean hasBodies() {
    return compareTo(REQUEST) >= 0;
  }

  /** Returns the level of exactly this spelling; the API server distinguishes case. */
  static Optional<Level> parse(String wireName) {
    return Arrays.stream(values()).filter(level -> level.wireName.equals(wireName)).findFirst();
  }

  static List<String> wireNames() {
    return Arrays.stream(values()).map(Level::wireName).toList();
  }
}

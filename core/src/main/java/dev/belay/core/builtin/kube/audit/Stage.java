package dev.belay.core.builtin.kube.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The moments in a request's life at which an event is made (audit.k8s.io/v1 {@code Stage}). */
public enum Stage {
  /** The handler has received the request and has not yet passed it on. */
  REQUEST_RECEIVED("RequestReceived"),
  /** Headers are sent, the body not yet; only long-running requests: watch, exec, log -f. */
  RESPONSE_STARTED("ResponseStarted"),
  /** The body is sent. */
  RESPONSE_COMPLETE("ResponseComplete"),
  /** The API server panicked. */
  PANIC("Panic");

  private final String wireName;

  Stage(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the name as the policy file spells it, such as {@code RequestReceived}. */
  public String wireName() {
    return wireName;
  }

  static Optional<Stage> parse(String wireName) {
    return Arrays.stream(values()).filter(stage -> stage.wireName.equals(wireName)).findFirst();
  }

  static List<String> wireNames() {
    return Arrays.stream(values()).map(Stage::wireName).toList();
  }
}

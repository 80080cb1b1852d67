package dev.belay.core.step;

import dev.belay.core.remote.KnownSecrets;
import java.time.Duration;

/**
 * A condition that must hold after a change, as shell text that waits for it on the host.
 *
 * @param subject what is healthy or not, such as {@code kube-apiserver}; a run that is cut off
 *     before the condition was seen to hold leaves it under this name to the next one. Named as
 *     handlers are
 * @param condition what must hold, for people
 * @param await shell text that waits and succeeds when it holds; on failure its standard error says
 *     what was seen instead
 * @param diagnose shell text that prints what an expert would look at first; only reads
 * @param awaitRestored shell text that waits for health after the undo
 * @param deadline longest time to wait, each time
 */
public record Health(
    String subject,
    String condition,
    String await,
    String diagnose,
    String awaitRestored,
    Duration deadline) {

  /** Checks the subject, and that there is no secret in any text. */
  public Health {
    if (!subject.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}")) {
      throw new IllegalArgumentException("a subject is named as handlers are, got " + subject);
    }
    KnownSecrets.noneInCondition(condition, await, diagnose, awaitRestored);
  }
}

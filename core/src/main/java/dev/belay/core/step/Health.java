package dev.belay.core.step;

import java.time.Duration;

/**
 * A condition that must hold after a change, as shell text that waits for it on the host.
 *
 * @param condition what must hold, for people
 * @param await shell text that waits and succeeds when it holds; on failure its standard error says
 *     what was seen instead
 * @param diagnose shell text that prints what an expert would look at first; only reads
 * @param awaitRestored shell text that waits for health after the undo
 * @param deadline longest time to wait, each time
 */
public record Health(
    String condition, String await, String diagnose, String awaitRestored, Duration deadline) {}

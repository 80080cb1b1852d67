package dev.belay.core.run;

import dev.belay.core.change.Change;
import dev.belay.core.step.Health;
import dev.belay.core.transport.Reply;
import java.util.Optional;

/**
 * The first thing in a batch that did not go as planned.
 *
 * @param where the task; empty for the opening of the journal and for handlers
 * @param name of the task or handler
 * @param change the change that was not made; empty when it was a health condition or the opening
 * @param health the condition that did not hold; empty when it was a change
 * @param reply what the host said
 */
record Failure(
    Optional<PlayTask> where,
    String name,
    Optional<Change> change,
    Optional<Health> health,
    Reply reply) {}

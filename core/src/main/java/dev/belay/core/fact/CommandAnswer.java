package dev.belay.core.fact;

/**
 * A question that a command of the playbook's author answers: what it says after any change, only
 * the host can tell.
 *
 * @param <T> what the answer means
 */
public interface CommandAnswer<T> extends BeyondHost<T> {}

package dev.belay.core.fact;

/**
 * A question whose answer another host may change, such as what a cluster says, or what a command
 * of the playbook's author prints.
 *
 * @param <T> what the answer means
 */
public interface BeyondHost<T> extends Fact<T> {}

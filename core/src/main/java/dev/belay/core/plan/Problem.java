package dev.belay.core.plan;

/**
 * What went wrong, in the shape of every error: wanted, got, state, do. Where is told by the event
 * that carries it.
 *
 * @param wanted the state that was wanted
 * @param got what came instead
 * @param state what state the host is in now
 * @param advice what to do next
 */
public record Problem(String wanted, String got, String state, String advice) {}

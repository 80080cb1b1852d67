/**
 * How bytes travel to a host and back. Start with {@link dev.belay.core.transport.Shell}, one
 * resident shell that takes many requests without waiting for each answer.
 */
package dev.belay.core.transport;

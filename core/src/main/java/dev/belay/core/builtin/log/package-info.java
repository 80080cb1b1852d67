/**
 * Reads logs where they lie on a host: rotated and compressed parts in order, filtered there. Start
 * with {@link dev.belay.core.builtin.log.HostLog}.
 */
package dev.belay.core.builtin.log;

/**
 * What must hold before a guarded block is kept, as far as it speaks of a host in general.
 *
 * <p>Each is a {@link dev.belay.core.step.HealthCondition}; what only one program has is in the
 * package of that program.
 */
package dev.belay.core.builtin.health;

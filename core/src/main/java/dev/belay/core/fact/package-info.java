/**
 * Typed questions to a host and what is known of their answers. Start with {@link
 * dev.belay.core.fact.Fact} and {@link dev.belay.core.fact.Facts}.
 */
package dev.belay.core.fact;

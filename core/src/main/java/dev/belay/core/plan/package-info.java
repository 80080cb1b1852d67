/**
 * What would happen: facts in, changes out, nothing done. Start with {@link
 * dev.belay.core.plan.Planner}.
 */
package dev.belay.core.plan;

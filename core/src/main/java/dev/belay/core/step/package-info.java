/**
 * All that the author of a step imports. Start with {@link dev.belay.core.step.Step}: one desired
 * state that names what it reads and plans changes.
 */
package dev.belay.core.step;

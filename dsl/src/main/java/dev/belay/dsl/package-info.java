/** Placeholder. */
package dev.belay.dsl;

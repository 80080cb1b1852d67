/** Placeholder. */
package dev.belay.core;

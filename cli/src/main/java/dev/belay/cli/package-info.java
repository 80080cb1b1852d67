/** Placeholder. */
package dev.belay.cli;

/** Placeholder. */
package dev.belay.testkit;

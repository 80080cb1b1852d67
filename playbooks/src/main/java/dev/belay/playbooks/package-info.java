/** Placeholder. */
package dev.belay.playbooks;

/**
 * The static nouns a playbook is written with. Import {@link dev.belay.dsl.Plays} and {@link
 * dev.belay.dsl.Steps} statically.
 */
package dev.belay.dsl;

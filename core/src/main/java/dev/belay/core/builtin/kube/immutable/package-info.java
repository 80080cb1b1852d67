/**
 * Containers whose root file system nobody can write to while they run: which are not, and steps
 * that make them so. Start with {@link dev.belay.core.builtin.kube.immutable.ImmutableWorkload}.
 */
package dev.belay.core.builtin.kube.immutable;

/**
 * Steps that act on what the incident report finds: each reads the same logs by the same search, so
 * that nothing is asked twice. Start with {@link dev.belay.core.builtin.kube.remedy.Culprit}.
 */
package dev.belay.core.builtin.kube.remedy;

/**
 * Steps that act on what a report finds: each asks by the same search or watch, so that nothing is
 * asked twice. Start with {@link dev.belay.core.builtin.kube.remedy.Culprit} for logs, and with
 * {@link dev.belay.core.builtin.kube.remedy.GuiltyPods} for system calls.
 */
package dev.belay.core.builtin.kube.remedy;

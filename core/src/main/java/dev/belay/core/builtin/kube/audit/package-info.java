/**
 * The audit policy of the Kubernetes API server as types: what the server would reject cannot be
 * built, what it would silently never match is a warning. Start with {@link
 * dev.belay.core.builtin.kube.audit.Policy}; {@link dev.belay.core.builtin.kube.audit.PolicyYaml}
 * reads and writes files.
 */
package dev.belay.core.builtin.kube.audit;

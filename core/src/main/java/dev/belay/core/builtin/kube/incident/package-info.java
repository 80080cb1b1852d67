/**
 * Who is responsible for what happens in a namespace, as far as the API server's audit log tells.
 * Start with {@link dev.belay.core.builtin.kube.incident.AuditSearch}.
 */
package dev.belay.core.builtin.kube.incident;

/**
 * Ready playbooks for Kubernetes control-plane hosts. Start with {@link
 * dev.belay.playbooks.kube.ControlPlaneAudit}.
 */
package dev.belay.playbooks.kube;

/**
 * Objects of a Kubernetes cluster kept or taken away through kubectl on a control plane, saved
 * first so that undo restores them. Start with {@link
 * dev.belay.core.builtin.kube.object.ObjectName}.
 */
package dev.belay.core.builtin.kube.object;

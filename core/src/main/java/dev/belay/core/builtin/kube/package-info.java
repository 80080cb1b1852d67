/**
 * What belongs to Kubernetes control-plane hosts: static pod manifests and their audit settings.
 * Start with {@link dev.belay.core.builtin.kube.ManifestEdit} and the {@link
 * dev.belay.core.builtin.kube.ManifestWish} it fulfils.
 */
package dev.belay.core.builtin.kube;

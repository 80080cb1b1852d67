package dev.belay.core.builtin.kube;

import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.remote.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a careful colleague would say of a static pod before it is edited. Pure. */
final class StaticPodWarnings {

  private StaticPodWarnings() {}

  static List<String> of(StaticPod step, Facts facts) {
    Optional<Content> now = content(step, facts);
    if (now.isEmpty()) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>(strays(step, facts, now.get()));
    byte[] after = ManifestEdit.apply(now.get().bytes(), step.wanted(facts)).bytes();
    warnings.addAll(ManifestEdit.warnings(after, step.wish().container()));
    if (!Content.of(after).equals(now.get())) {
      warnings.addAll(drift(step.wish()));
    }
    return warnings;
  }

  private static Optional<Content> content(StaticPod step, Facts facts) {
    return facts.get(new FileFact(step.manifest())) instanceof FileState.Regular file
        ? file.content()
        : Optional.empty();
  }

  /** Kubelet reads every file of the directory; the last by name wins (kubernetes#136962). */
  private static List<String> strays(StaticPod step, Facts facts, Content manifest) {
    Optional<PodName> pod = ManifestView.podName(manifest.bytes());
    List<String> warnings = new ArrayList<>();
    facts
        .get(new DirectoryFact(step.manifest().parent()))
        .forEach(
            (name, content) -> {
              if (!name.equals(step.manifest().name())
                  && pod.isPresent()
                  && ManifestView.podName(content.bytes()).equals(pod)) {
                warnings.add(
                    step.manifest().parent().resolve(name)
                        + " describes the same pod "
                        + pod.get()
                        + "; kubelet reads every file there and the last by name wins: move it"
                        + " elsewhere");
              }
            });
    return warnings;
  }

  /** kubeadm writes the manifest anew at each upgrade (kubeadm#541, #2157). */
  private static List<String> drift(ManifestWish wish) {
    if (!wish.container().equals("kube-apiserver")) {
      return List.of();
    }
    return KubeadmConfigText.v1beta3(wish)
        .map(
            text ->
                "kubeadm upgrade writes this manifest anew and drops the edit; to keep it, add this"
                    + " to ClusterConfiguration in ConfigMap kube-system/kubeadm-config"
                    + " (v1beta3 form):\n"
                    + text.stripTrailing())
        .stream()
        .toList();
  }
}

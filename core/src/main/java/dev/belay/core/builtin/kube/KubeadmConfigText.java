package dev.belay.core.builtin.kube;

import dev.belay.core.builtin.kube.ManifestWish.Flag;
import dev.belay.core.yaml.YamlScalar;
import dev.belay.core.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the part of kubeadm's ClusterConfiguration that makes an edit last.
 *
 * <p>{@code kubeadm upgrade} writes manifests anew from this configuration (ConfigMap
 * kube-system/kubeadm-config) and drops edits by hand. It has no place for annotations and for
 * flags that shall be absent; those are not in the text.
 */
public final class KubeadmConfigText {
  private static final Map<String, String> SECTIONS =
      Map.of(
          "kube-apiserver", "apiServer",
          "kube-controller-manager", "controllerManager",
          "kube-scheduler", "scheduler");

  private KubeadmConfigText() {}

  /**
   * Returns the text for {@code kubeadm.k8s.io/v1beta3}, kubeadm's own version up to 1.30; empty
   * for a component without extraVolumes there, such as etcd, or a wish without flags and volumes.
   */
  public static Optional<String> v1beta3(ManifestWish wish) {
    YamlValue.Entries flags = YamlValue.entries();
    for (Flag flag : wish.flags()) {
      flags = flags.with(flag.name(), YamlScalar.of(flag.value()));
    }
    return text(wish, flags);
  }

  /** Returns the text for {@code kubeadm.k8s.io/v1beta4}, from 1.31 on; empty as in v1beta3. */
  public static Optional<String> v1beta4(ManifestWish wish) {
    List<YamlValue.Entries> flags =
        wish.flags().stream()
            .map(
                flag ->
                    YamlValue.entry("name", YamlScalar.of(flag.name()))
                        .with("value", YamlScalar.of(flag.value())))
            .toList();
    return text(wish, YamlValue.items(flags));
  }

  private static Optional<String> text(ManifestWish wish, YamlValue flags) {
    YamlValue.Entries section = YamlValue.entries();
    if (!wish.flags().isEmpty()) {
      section = section.with("extraArgs", flags);
    }
    if (!wish.volumes().isEmpty()) {
      section =
          section.with(
              "extraVolumes",
              YamlValue.items(wish.volumes().stream().map(KubeadmConfigText::volume).toList()));
    }
    String name = SECTIONS.get(wish.container());
    return name == null || section.map().isEmpty()
        ? Optional.empty()
        : Optional.of(YamlValue.entry(name, section).toYaml());
  }

  private static YamlValue.Entries volume(HostPathVolume volume) {
    YamlValue.Entries entries =
        YamlValue.entry("name", YamlScalar.of(volume.name()))
            .with("hostPath", YamlScalar.of(volume.hostPath().value()))
            .with("mountPath", YamlScalar.of(volume.mountPath().value()));
    entries = volume.readOnly() ? entries.with("readOnly", YamlScalar.of(true)) : entries;
    return volume.type() == HostPathType.UNSET
        ? entries
        : entries.with("pathType", YamlScalar.of(volume.type().word()));
  }
}

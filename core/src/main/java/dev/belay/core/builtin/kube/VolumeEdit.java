package dev.belay.core.builtin.kube;

import dev.belay.core.yaml.YamlNode;
import dev.belay.core.yaml.YamlPath;
import dev.belay.core.yaml.YamlRefused;
import dev.belay.core.yaml.YamlScalar;
import dev.belay.core.yaml.YamlValue;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Edits one volume of a pod and its mount in one container.
 *
 * @param draft the manifest
 * @param container where the container stands
 * @param wanted the volume as it shall be
 */
record VolumeEdit(ManifestDraft draft, YamlPath container, HostPathVolume wanted) {
  private static final String NAME = "name";
  private static final String HOST_PATH = "hostPath";
  private static final String MOUNT_PATH = "mountPath";
  private static final String READ_ONLY = "readOnly";
  private static final String BY_HAND = "mend it by hand, or choose another volume name";

  /** Makes volume and mount be there as wanted. */
  void want() {
    refuseTakenMountPath();
    int volume = indexOf(items(PodNodes.VOLUMES), NAME, wanted.name());
    if (volume < 0) {
      draft.append(PodNodes.SPEC, "volumes", volume());
      draft.note("volume " + wanted.name() + " added");
    } else {
      wantVolume(PodNodes.VOLUMES.item(volume));
    }
    wantMount();
  }

  private void wantVolume(YamlPath path) {
    YamlPath source = path.key(HOST_PATH);
    if (!(draft.at(source).orElse(null) instanceof YamlNode.Mapping)) {
      throw refused(path, "the volume " + wanted.name() + " exists and is no hostPath");
    }
    String now = draft.at(source).flatMap(node -> node.text("path")).orElse("");
    if (!PodNodes.absolute(now).equals(wanted.hostPath().value())) {
      refuseOtherUsers(path);
      change(source, "path", now, YamlScalar.of(wanted.hostPath().value()));
    }
    String type = draft.at(source).flatMap(node -> node.text("type")).orElse("");
    if (!type.equals(wanted.type().word())) {
      change(source, "type", type, YamlScalar.of(wanted.type().word()));
    }
  }

  private void wantMount() {
    YamlPath list = container.key(PodNodes.MOUNTS);
    List<YamlNode> mounts = items(list);
    List<Integer> own =
        IntStream.range(0, mounts.size())
            .filter(i -> mounts.get(i).text(NAME).orElse("").equals(wanted.name()))
            .boxed()
            .toList();
    if (own.isEmpty()) {
      draft.append(container, PodNodes.MOUNTS, mount());
      draft.note("mount of volume %s at %s added".formatted(wanted.name(), wanted.mountPath()));
      return;
    }
    int exact = own.stream().filter(i -> isAtWantedPath(mounts.get(i))).findFirst().orElse(-1);
    if (exact < 0 && own.size() > 1) {
      throw refused(list.item(own.get(1)), "the volume " + wanted.name() + " is mounted twice");
    }
    adjust(list.item(exact < 0 ? own.get(0) : exact));
  }

  private void adjust(YamlPath path) {
    YamlNode mount = draft.at(path).orElseThrow();
    if (mount.get("subPath").isPresent() || mount.get("subPathExpr").isPresent()) {
      throw refused(path, "the mount of volume " + wanted.name() + " shows only a subPath of it");
    }
    String now = mount.text(MOUNT_PATH).orElse("");
    boolean relative = !now.startsWith("/");
    if (relative || !isAtWantedPath(mount)) {
      change(path, MOUNT_PATH, now, YamlScalar.of(wanted.mountPath().value()));
    }
    boolean readOnly =
        mount.get(READ_ONLY).orElse(null) instanceof YamlNode.Scalar scalar
            && scalar.holds(YamlScalar.of(true));
    if (readOnly != wanted.readOnly()) {
      change(path, READ_ONLY, String.valueOf(readOnly), YamlScalar.of(wanted.readOnly()));
    }
  }

  private void change(YamlPath holder, String key, String before, YamlScalar after) {
    draft.set(holder, key, after);
    String what =
        holder.parent().equals(container.key(PodNodes.MOUNTS)) ? "mount of volume " : "volume ";
    draft.note(
        "%s%s: %s changed from %s to %s"
            .formatted(
                what,
                wanted.name(),
                key,
                before.isEmpty() ? "nothing" : before,
                after.text().isEmpty() ? "nothing" : after.text()));
  }

  private void refuseTakenMountPath() {
    for (YamlNode mount : items(container.key(PodNodes.MOUNTS))) {
      String other = mount.text(NAME).orElse("");
      if (!other.equals(wanted.name()) && isAtWantedPath(mount)) {
        throw YamlRefused.at(
            mount.line(),
            "the mountPath %s of volume %s is already used by volume %s"
                .formatted(wanted.mountPath(), wanted.name(), other),
            "use the volume " + other + ", or remove its mount first");
      }
    }
  }

  private void refuseOtherUsers(YamlPath path) {
    boolean used =
        PodNodes.mountsElsewhere(draft.text().root(), container)
            .anyMatch(mount -> mount.text(NAME).orElse("").equals(wanted.name()));
    if (used) {
      throw refused(
          path, "the volume " + wanted.name() + " has another path and other containers mount it");
    }
  }

  private boolean isAtWantedPath(YamlNode mount) {
    String path = mount.text(MOUNT_PATH).orElse("");
    return PodNodes.absolute(path).equals(wanted.mountPath().value());
  }

  /** The key order is kubeadm's. */
  private YamlValue volume() {
    YamlValue.Entries source = YamlValue.entry("path", YamlScalar.of(wanted.hostPath().value()));
    boolean checked = wanted.type() != HostPathType.UNSET;
    return YamlValue.entry(
            HOST_PATH, checked ? source.with("type", YamlScalar.of(wanted.type().word())) : source)
        .with(NAME, YamlScalar.of(wanted.name()));
  }

  private YamlValue mount() {
    YamlValue.Entries mount =
        YamlValue.entry(MOUNT_PATH, YamlScalar.of(wanted.mountPath().value()))
            .with(NAME, YamlScalar.of(wanted.name()));
    return wanted.readOnly() ? mount.with(READ_ONLY, YamlScalar.of(true)) : mount;
  }

  private List<YamlNode> items(YamlPath list) {
    return draft.at(list).map(YamlNode::list).orElse(List.of());
  }

  private YamlRefused refused(YamlPath path, String reason) {
    return YamlRefused.at(draft.at(path).orElseThrow().line(), reason, BY_HAND);
  }

  private static int indexOf(List<YamlNode> items, String key, String value) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).text(key).orElse("").equals(value)) {
        return i;
      }
    }
    return -1;
  }
}

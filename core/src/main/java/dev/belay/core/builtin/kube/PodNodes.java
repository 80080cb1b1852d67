package dev.belay.core.builtin.kube;

import dev.belay.core.yaml.YamlNode;
import dev.belay.core.yaml.YamlPath;
import dev.belay.core.yaml.YamlRefused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds its way in the tree of a static pod manifest and refuses what kubelet would not run. */
final class PodNodes {
  static final YamlPath SPEC = YamlPath.TOP.key("spec");
  static final YamlPath CONTAINERS = SPEC.key("containers");
  static final YamlPath VOLUMES = SPEC.key("volumes");
  static final YamlPath METADATA = YamlPath.TOP.key("metadata");
  static final String MOUNTS = "volumeMounts";

  private PodNodes() {}

  /** Refuses anything but a pod with a name. */
  static void needPod(YamlNode root) {
    String kind = root.text("kind").orElse("nothing");
    if (!kind.equals("Pod")) {
      throw YamlRefused.of("the manifest's kind is " + kind + ", not Pod", "name another file");
    }
    if (root.at(METADATA).flatMap(metadata -> metadata.text("name")).isEmpty()) {
      throw YamlRefused.of("the pod has no metadata.name", "give it one; kubelet refuses it so");
    }
  }

  /** Returns the place of the container called {@code name}, or else of the only one running it. */
  static YamlPath container(YamlNode root, String name) {
    List<YamlNode> containers = root.at(CONTAINERS).map(YamlNode::list).orElse(List.of());
    List<Integer> named = new ArrayList<>();
    List<Integer> running = new ArrayList<>();
    for (int i = 0; i < containers.size(); i++) {
      if (containers.get(i).text("name").orElse("").equals(name)) {
        named.add(i);
      } else if (CommandLine.of(containers.get(i), name).runs(name)) {
        running.add(i);
      }
    }
    List<Integer> candidates = named.isEmpty() ? running : named;
    if (candidates.size() == 1) {
      return CONTAINERS.item(candidates.get(0));
    }
    throw YamlRefused.of(
        (candidates.isEmpty() ? "no container is named or runs " : "several containers could be ")
            + name,
        "make sure that exactly one container has this name");
  }

  /** Refuses volumes without a name of their own, and mounts that name none or clash. */
  static void checkVolumes(YamlNode root, YamlPath container, Set<String> wanted) {
    Set<String> names = new HashSet<>(checkedVolumeNames(root));
    names.addAll(wanted);
    Set<String> paths = new HashSet<>();
    for (YamlNode mount : mounts(root, container)) {
      String name = need(mount, "name", "a volumeMount");
      String path = absolute(need(mount, "mountPath", "a volumeMount"));
      if (!names.contains(name)) {
        throw YamlRefused.at(
            mount.line(),
            "the mount at " + path + " names the volume " + name + ", which does not exist",
            "mend the manifest first; kubelet does not run this pod");
      }
      if (!paths.add(path)) {
        throw YamlRefused.at(
            mount.line(), "the mountPath " + path + " is used twice", "remove one of the mounts");
      }
    }
  }

  private static Set<String> checkedVolumeNames(YamlNode root) {
    Set<String> names = new HashSet<>();
    for (YamlNode volume : root.at(VOLUMES).map(YamlNode::list).orElse(List.of())) {
      String name = need(volume, "name", "a volume");
      if (!names.add(name)) {
        throw YamlRefused.at(
            volume.line(), "two volumes are named " + name, "rename or remove one of them");
      }
    }
    return names;
  }

  private static String need(YamlNode node, String key, String what) {
    return node.text(key)
        .orElseThrow(
            () ->
                YamlRefused.at(
                    node.line(),
                    what + " has no " + key,
                    "mend the manifest first; kubelet does not run this pod"));
  }

  /** Returns the mounts of one container. */
  static List<YamlNode> mounts(YamlNode root, YamlPath container) {
    return root.at(container.key(MOUNTS)).map(YamlNode::list).orElse(List.of());
  }

  /** Returns the mounts of all other containers, init containers among them. */
  static Stream<YamlNode> mountsElsewhere(YamlNode root, YamlPath container) {
    Optional<YamlNode> own = root.at(container);
    return Stream.of("containers", "initContainers", "ephemeralContainers")
        .flatMap(list -> root.at(SPEC.key(list)).map(YamlNode::list).orElse(List.of()).stream())
        .filter(other -> own.isEmpty() || !other.equals(own.get()))
        .flatMap(other -> other.get(MOUNTS).map(YamlNode::list).orElse(List.of()).stream());
  }

  /** Returns a path as kubelet sees it: absolute, without slashes at its end. */
  static String absolute(String path) {
    String rooted = path.startsWith("/") ? path : "/" + path;
    String trimmed = rooted.replaceAll("/+", "/").replaceAll("/$", "");
    return trimmed.isEmpty() ? "/" : trimmed;
  }
}

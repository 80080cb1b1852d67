package dev.belay.core.builtin.kube;

import dev.belay.core.yaml.YamlNode;
import dev.belay.core.yaml.YamlPath;
import dev.belay.core.yaml.YamlRefused;
import dev.belay.core.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a static pod manifest says about one container, as plain values.
 *
 * <p>Reads more than can be edited: JSON and anchors too, as kubelet does.
 *
 * @param pod the pod's name
 * @param flags the container's flags without dashes, each with its values in order; a flag without
 *     a value says true
 * @param volumes the pod's volumes
 * @param mounts the container's mounts
 * @param exportMarks fields that only an export from the API server has
 */
public record ManifestView(
    PodName pod,
    Map<String, List<String>> flags,
    List<Volume> volumes,
    List<Mount> mounts,
    List<String> exportMarks) {

  /** Copies the collections. */
  public ManifestView {
    Objects.requireNonNull(pod, "pod");
    flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
    volumes = List.copyOf(volumes);
    mounts = List.copyOf(mounts);
    exportMarks = List.copyOf(exportMarks);
  }

  /**
   * Reads a manifest.
   *
   * @param container the container's name, which is also its program's
   * @throws YamlRefused when the manifest is unreadable, no pod, or has no such container
   */
  public static ManifestView of(byte[] manifest, String container) {
    YamlNode root = YamlNode.read(manifest);
    PodNodes.needPod(root);
    YamlPath path = PodNodes.container(root, container);
    CommandLine line = CommandLine.of(root.at(path).orElseThrow(), container);
    Map<String, List<String>> flags = new LinkedHashMap<>();
    line.arguments()
        .forEach(
            flag -> flags.computeIfAbsent(flag.name(), name -> new ArrayList<>()).add(flag.said()));
    return new ManifestView(
        podName(root).orElseThrow(),
        flags,
        root.at(PodNodes.VOLUMES).map(YamlNode::list).orElse(List.of()).stream()
            .map(Volume::of)
            .toList(),
        PodNodes.mounts(root, path).stream().map(Mount::of).toList(),
        ExportMarks.of(root));
  }

  /** Returns the pod a file describes; empty for anything kubelet would not read as a pod. */
  public static Optional<PodName> podName(byte[] file) {
    try {
      return podName(YamlNode.read(file));
    } catch (YamlRefused e) {
      return Optional.empty();
    }
  }

  private static Optional<PodName> podName(YamlNode root) {
    if (!root.text("kind").orElse("").equals("Pod")) {
      return Optional.empty();
    }
    Optional<YamlNode> metadata = root.at(PodNodes.METADATA);
    String namespace =
        metadata
            .flatMap(node -> node.text("namespace"))
            .filter(n -> !n.isEmpty())
            .orElse("default");
    return metadata.flatMap(node -> node.text("name")).map(name -> new PodName(namespace, name));
  }

  /** Returns the value the program uses for a flag: the last one given. */
  public Optional<String> flag(String name) {
    List<String> values = flags.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  /** Returns the mount through which the container sees {@code path}, if any covers it. */
  public Optional<Mount> mountCovering(String path) {
    String wanted = PodNodes.absolute(path);
    return mounts.stream()
        .filter(mount -> mount.covers(wanted))
        .max(Comparator.comparingInt(mount -> mount.mountPath().length()));
  }

  /** Returns where on the host the container's {@code path} lies, if a hostPath covers it. */
  public Optional<String> hostPathOf(String path) {
    String wanted = PodNodes.absolute(path);
    return mountCovering(wanted)
        .filter(mount -> mount.subPath().isEmpty())
        .flatMap(
            mount ->
                volume(mount.volume())
                    .flatMap(Volume::hostPath)
                    .map(host -> join(host, mount.below(wanted))));
  }

  /** Returns the volume called {@code name}, if there is one. */
  public Optional<Volume> volume(String name) {
    return volumes.stream().filter(volume -> volume.name().equals(name)).findFirst();
  }

  /** Returns the host paths that must be files before the pod can start. */
  public List<String> requiredHostFiles() {
    return volumes.stream()
        .filter(volume -> volume.type().equals(HostPathType.FILE.word()))
        .flatMap(volume -> volume.hostPath().stream())
        .toList();
  }

  /** Returns what deserves a warning, a sentence each: exports, and audit paths badly mounted. */
  public List<String> warnings() {
    return ManifestWarnings.of(this);
  }

  private static String join(String host, String below) {
    return PodNodes.absolute(host + "/" + below);
  }

  /**
   * A volume of the pod.
   *
   * @param name its name; empty where the manifest gives none
   * @param hostPath the path on the host; empty for any other kind of volume
   * @param type the hostPath's type as written; empty for none
   */
  public record Volume(String name, Optional<String> hostPath, String type) {

    private static Volume of(YamlNode node) {
      Optional<YamlNode> source = node.get("hostPath");
      return new Volume(
          node.text("name").orElse(""),
          source.flatMap(from -> from.text("path")).map(PodNodes::absolute),
          source.flatMap(from -> from.text("type")).orElse(""));
    }
  }

  /**
   * A mount of the container.
   *
   * @param volume the volume's name
   * @param mountPath the path in the container, made absolute
   * @param readOnly whether the container may only read it
   * @param subPath the part of the volume that is shown; empty for all of it
   */
  public record Mount(String volume, String mountPath, boolean readOnly, String subPath) {

    /** Tells whether {@code path}, absolute, is this mount's path or below it. */
    public boolean covers(String path) {
      return mountPath.equals("/") || path.equals(mountPath) || path.startsWith(mountPath + "/");
    }

    private String below(String path) {
      return path.substring(mountPath.length());
    }

    private static Mount of(YamlNode node) {
      boolean readOnly =
          node.get("readOnly").orElse(null) instanceof YamlNode.Scalar scalar
              && scalar.holds(YamlScalar.of(true));
      return new Mount(
          node.text("name").orElse(""),
          PodNodes.absolute(node.text("mountPath").orElse("")),
          readOnly,
          node.text("subPath").or(() -> node.text("subPathExpr")).orElse(""));
    }
  }
}

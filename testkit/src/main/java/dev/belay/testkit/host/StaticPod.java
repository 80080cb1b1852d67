package dev.belay.testkit.host;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What the kubelet makes of one manifest file: the pod's identity, its first container's command
 * and its host paths. Refuses what the kubelet's validation refuses (Kubernetes
 * pkg/apis/core/validation) and ignores unknown fields as it does.
 *
 * @param namespace the pod's namespace
 * @param name the pod's name, without the node's
 * @param hash md5 of the content, the node and the file name, as since Kubernetes 1.21
 * @param container the first container's name
 * @param argv its command and arguments
 * @param volumes host paths by volume name
 * @param mounts where they appear in the container
 */
record StaticPod(
    String namespace,
    String name,
    String hash,
    String container,
    List<String> argv,
    Map<String, HostPath> volumes,
    List<Mount> mounts) {

  /** A host path with its type, empty for unset. */
  record HostPath(String path, String type) {}

  /** One line of volumeMounts. */
  record Mount(String volume, String path, boolean readOnly) {}

  /** Says why the kubelet does not run a manifest, in its words. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** Fields that count for the hash; the kubelet's decoder drops all others. */
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "mount", Set.of("name", "mountPath", "readOnly", "subPath", "mountPropagation"),
          "hostPath", Set.of("path", "type"));

  String key() {
    return namespace + "/" + name;
  }

  /**
   * Reads a manifest.
   *
   * @throws Refused if it is no YAML, no pod, or a pod that is not valid
   */
  static StaticPod parse(String file, String text, String node) throws Refused {
    var pod = load(text);
    if (!"Pod".equals(pod.get("kind")) || !"v1".equals(pod.get("apiVersion"))) {
      throw new Refused(
          "couldn't parse as pod(no kind \"Pod\" is registered), please check config file");
    }
    var metadata = map(pod.get("metadata"));
    var spec = map(pod.get("spec"));
    var containers = list(spec.get("containers"));
    if (text(metadata.get("name")).isEmpty() || containers.isEmpty()) {
      throw new Refused("invalid pod: [metadata.name and spec.containers: Required value]");
    }
    var container = map(containers.get(0));
    var volumes = volumes(list(spec.get("volumes")));
    var mounts = mounts(list(container.get("volumeMounts")), volumes.keySet());
    var argv =
        Stream.of("command", "args")
            .flatMap(field -> list(container.get(field)).stream())
            .map(StaticPod::text)
            .toList();
    var hash = md5(canonical(pod, "") + "|" + node + "|" + file);
    var namespace = text(metadata.get("namespace"));
    volumes.values().removeIf(volume -> volume.path().isEmpty());
    return new StaticPod(
        namespace.isEmpty() ? "default" : namespace,
        text(metadata.get("name")),
        hash,
        text(container.get("name")),
        argv,
        volumes,
        mounts);
  }

  private static Map<?, ?> load(String text) throws Refused {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(true);
    try {
      if (new Yaml(new SafeConstructor(options)).load(text) instanceof Map<?, ?> map) {
        return map;
      }
      throw new Refused(
          "couldn't parse as pod(Object 'Kind' is missing), please check config file");
    } catch (YAMLException e) {
      throw new Refused(
          "couldn't parse as pod(yaml: " + e.getMessage() + "), please check config file");
    }
  }

  private static Map<String, HostPath> volumes(List<?> volumes) throws Refused {
    var found = new LinkedHashMap<String, HostPath>();
    for (int i = 0; i < volumes.size(); i++) {
      var volume = map(volumes.get(i));
      var name = text(volume.get("name"));
      if (name.isEmpty()) {
        throw new Refused("invalid pod: [spec.volumes[%d].name: Required value]".formatted(i));
      }
      var path = map(volume.get("hostPath"));
      var type = text(path.get("type"));
      if (found.put(name, new HostPath(text(path.get("path")), type)) != null) {
        throw new Refused(
            "invalid pod: [spec.volumes[%d].name: Duplicate value: \"%s\"]".formatted(i, name));
      }
    }
    return found;
  }

  private static List<Mount> mounts(List<?> mounts, Set<String> volumes) throws Refused {
    var found = new ArrayList<Mount>();
    var paths = new HashSet<String>();
    for (int i = 0; i < mounts.size(); i++) {
      var mount = map(mounts.get(i));
      var at = "invalid pod: [spec.containers[0].volumeMounts[%d].".formatted(i);
      var name = text(mount.get("name"));
      var path = text(mount.get("mountPath"));
      if (!volumes.contains(name)) {
        throw new Refused(at + "name: Not found: \"" + name + "\"]");
      }
      if (path.isEmpty()) {
        throw new Refused(at + "mountPath: Required value]");
      }
      if (!paths.add(path)) {
        throw new Refused(at + "mountPath: Invalid value: \"" + path + "\": must be unique]");
      }
      // The kubelet makes a relative mount path absolute (MakeAbsolutePath).
      var absolute = path.startsWith("/") ? path : "/" + path;
      found.add(new Mount(name, absolute, Boolean.TRUE.equals(mount.get("readOnly"))));
    }
    return found;
  }

  /** Returns a text that comments, key order and quoting do not change. */
  private static String canonical(Object value, String place) {
    if (value instanceof Map<?, ?> map) {
      var known = FIELDS.get(place);
      var sorted = new TreeMap<String, String>();
      map.forEach(
          (key, field) -> {
            if (field != null && (known == null || known.contains(text(key)))) {
              sorted.put(text(key), canonical(field, place(text(key))));
            }
          });
      return sorted.toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(item -> canonical(item, place)).toList().toString();
    }
    return text(value);
  }

  private static String place(String key) {
    return switch (key) {
      case "volumeMounts" -> "mount";
      case "hostPath" -> "hostPath";
      default -> "";
    };
  }

  private static String md5(String text) {
    try {
      var digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no MD5", e);
    }
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}

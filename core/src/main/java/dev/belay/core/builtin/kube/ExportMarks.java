package dev.belay.core.builtin.kube;

import dev.belay.core.yaml.YamlNode;
import dev.belay.core.yaml.YamlPath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the fields that a pod gets only from the API server, in a file meant for kubelet. */
final class ExportMarks {
  private static final String MIRROR = "kubernetes.io/config.";

  private ExportMarks() {}

  static List<String> of(YamlNode root) {
    Stream<String> fields =
        Stream.of("uid", "resourceVersion", "ownerReferences", "managedFields")
            .filter(field -> root.at(PodNodes.METADATA.key(field)).isPresent())
            .map(field -> "metadata." + field);
    return Stream.of(fields, annotations(root), status(root)).flatMap(part -> part).toList();
  }

  private static Stream<String> annotations(YamlNode root) {
    Optional<YamlNode> node = root.at(PodNodes.METADATA.key("annotations"));
    if (node.isPresent() && node.get() instanceof YamlNode.Mapping mapping) {
      return mapping.entries().stream()
          .map(YamlNode.Entry::key)
          .filter(key -> key instanceof YamlNode.Scalar name && name.text().startsWith(MIRROR))
          .map(key -> "annotation " + ((YamlNode.Scalar) key).text());
    }
    return Stream.empty();
  }

  /** kubeadm itself writes an empty status. */
  private static Stream<String> status(YamlNode root) {
    boolean filled =
        root.at(YamlPath.TOP.key("status")).orElse(null) instanceof YamlNode.Mapping mapping
            && !mapping.entries().isEmpty();
    return filled ? Stream.of("status") : Stream.empty();
  }
}

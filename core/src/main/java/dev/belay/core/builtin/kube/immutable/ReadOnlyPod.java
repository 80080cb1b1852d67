package dev.belay.core.builtin.kube.immutable;

import dev.belay.core.step.StepRefusedException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The specification of a pod with read-only root file systems. What it has already stays; nothing
 * is taken away. Pure.
 */
final class ReadOnlyPod {

  private ReadOnlyPod() {}

  /** Returns the containers and init containers; ephemeral ones cannot be altered. */
  static List<ObjectNode> containers(JsonNode spec) {
    return Stream.of("containers", "initContainers")
        .flatMap(kind -> spec.path(kind).valueStream())
        .filter(ObjectNode.class::isInstance)
        .map(ObjectNode.class::cast)
        .toList();
  }

  /**
   * Returns the specification as it shall be; the same when nothing is missing.
   *
   * @param label of the step, for errors
   * @throws StepRefusedException when a path is mounted read-only, or names no container
   */
  static ObjectNode of(String label, JsonNode given, List<WritablePath> writable) {
    ObjectNode spec = (ObjectNode) given.deepCopy();
    List<ObjectNode> containers = containers(spec);
    checkNames(label, containers, writable);
    for (ObjectNode container : containers) {
      container.withObject("securityContext").put("readOnlyRootFilesystem", true);
      String name = container.path("name").asString("");
      for (WritablePath path : writable) {
        if (path.isFor(name) && !isWritable(label, container, path)) {
          mount(spec, container, path, name);
        }
      }
    }
    return spec;
  }

  private static void checkNames(
      String label, List<ObjectNode> containers, List<WritablePath> writable) {
    for (WritablePath path : writable) {
      if (containers.stream().noneMatch(c -> path.isFor(c.path("name").asString("")))) {
        throw new StepRefusedException(
            label,
            "there is no container " + path.container().orElse("") + " in it",
            "name one of "
                + containers.stream().map(c -> c.path("name").asString("")).sorted().toList());
      }
    }
  }

  private static boolean isWritable(String label, ObjectNode container, WritablePath path) {
    Optional<JsonNode> there =
        container
            .path("volumeMounts")
            .valueStream()
            .filter(mount -> plain(mount.path("mountPath").asString("")).equals(path.path()))
            .findFirst();
    if (there.isPresent() && there.get().path("readOnly").asBoolean(false)) {
      throw new StepRefusedException(
          label,
          path.path()
              + " of container "
              + container.path("name").asString("")
              + " is mounted"
              + " read-only, from volume "
              + there.get().path("name").asString(""),
          "take it off the writable paths, or take that mount away");
    }
    return there.isPresent();
  }

  private static String plain(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static void mount(ObjectNode spec, ObjectNode container, WritablePath path, String name) {
    String volume = path.volume(name);
    container
        .withArray("volumeMounts")
        .addObject()
        .put("name", volume)
        .put("mountPath", path.path());
    if (spec.path("volumes")
        .valueStream()
        .noneMatch(v -> v.path("name").asString("").equals(volume))) {
      spec.withArray("volumes").addObject().put("name", volume).putObject("emptyDir");
    }
  }
}

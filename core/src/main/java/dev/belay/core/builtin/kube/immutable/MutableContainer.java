package dev.belay.core.builtin.kube.immutable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A container that can be altered while it runs, and why.
 *
 * @param namespace of its pod
 * @param pod name of its pod
 * @param owner kind and name of what makes the pod; empty for a pod of its own
 * @param type which of the containers of a pod it is
 * @param name its name
 * @param reasons at least one
 */
public record MutableContainer(
    String namespace,
    String pod,
    Optional<String> owner,
    Type type,
    String name,
    Set<Reason> reasons) {

  private static final Map<String, Type> LISTS =
      Map.of(
          "containers", Type.CONTAINER,
          "initContainers", Type.INIT,
          "ephemeralContainers", Type.EPHEMERAL);

  /** Copies the set. */
  public MutableContainer {
    reasons = EnumSet.copyOf(reasons);
  }

  /** Which of the containers of a pod one is. */
  public enum Type {
    /** Runs as long as the pod. */
    CONTAINER,
    /** Runs before the others, or beside them when it is restarted always. */
    INIT,
    /** Was added to a running pod, to look for mistakes. */
    EPHEMERAL;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Why a container can be altered. */
  public enum Reason {
    /** {@code securityContext.readOnlyRootFilesystem} is not true. */
    ROOT_WRITABLE("readOnlyRootFilesystem is not true"),
    /** {@code securityContext.privileged}: it may mount its root writable again. */
    PRIVILEGED("privileged, so that it can mount its root writable again"),
    /** It has the capability CAP_SYS_ADMIN, by which it may mount its root writable again. */
    SYS_ADMIN("capability SYS_ADMIN, so that it can mount its root writable again");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Returns why a container can be altered; nothing when it cannot. */
  static Set<Reason> reasons(JsonNode container) {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    JsonNode context = container.path("securityContext");
    if (!context.path("readOnlyRootFilesystem").asBoolean(false)) {
      reasons.add(Reason.ROOT_WRITABLE);
    }
    if (context.path("privileged").asBoolean(false)) {
      reasons.add(Reason.PRIVILEGED);
    } else if (context
        .path("capabilities")
        .path("add")
        .valueStream()
        .map(name -> name.asString("").toUpperCase(java.util.Locale.ROOT).replace("CAP_", ""))
        .anyMatch(name -> name.equals("SYS_ADMIN") || name.equals("ALL"))) {
      reasons.add(Reason.SYS_ADMIN);
    }
    return reasons;
  }

  /** Returns those of a pod. */
  static List<MutableContainer> of(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    Optional<String> owner =
        metadata
            .path("ownerReferences")
            .valueStream()
            .filter(one -> one.path("controller").asBoolean(false))
            .map(one -> one.path("kind").asString("") + " " + one.path("name").asString(""))
            .findFirst();
    List<MutableContainer> found = new ArrayList<>();
    for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
      for (JsonNode container : pod.path("spec").path(list)) {
        Set<Reason> reasons = reasons(container);
        if (!reasons.isEmpty()) {
          found.add(
              new MutableContainer(
                  metadata.path("namespace").asString(""),
                  metadata.path("name").asString(""),
                  owner,
                  LISTS.get(list),
                  container.path("name").asString(""),
                  reasons));
        }
      }
    }
    return found;
  }

  List<String> row() {
    return List.of(
        namespace,
        pod,
        name,
        type.word(),
        owner.orElse("none"),
        reasons.stream().map(Reason::toString).collect(Collectors.joining("; ")));
  }
}

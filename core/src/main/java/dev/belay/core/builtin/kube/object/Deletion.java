package dev.belay.core.builtin.kube.object;

import dev.belay.core.change.Change;
import dev.belay.core.change.DeleteObject;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import dev.belay.core.step.StepRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Plans to delete an object, or says why that would be no use. Pure. */
public final class Deletion {

  /** With these other objects or data go that nobody has saved. */
  private static final Set<String> TAKES_MORE =
      Set.of(
          "Namespace",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "CustomResourceDefinition",
          "Node");

  private Deletion() {}

  static void checkKind(ObjectRef ref) {
    if (TAKES_MORE.contains(ref.kind().kind())) {
      throw new IllegalArgumentException(
          "with " + ref + " things would go that cannot be put back; delete it by hand");
    }
  }

  static String label(ObjectRef ref) {
    String kind = ref.kind().kind();
    String place = ref.namespace().map(name -> name + "/").orElse("") + ref.name();
    return Character.toLowerCase(kind.charAt(0)) + kind.substring(1) + "[" + place + "]";
  }

  /**
   * Returns the change that deletes an object; none when it is not there.
   *
   * @param within how long it may take to go
   * @throws StepRefusedException when it would come back
   */
  public static List<Change.Reversible> of(ObjectFact fact, Duration within, Facts facts) {
    if (!(facts.get(fact) instanceof ObjectState.Present there)) {
      return List.of();
    }
    refuseStaticPod(fact.ref(), there.live());
    refuseOwned(fact.ref(), there.live());
    return List.of(new DeleteObject(fact.kubectl(), fact.ref(), there.live(), within));
  }

  /** Returns what undo will not bring back, and what may hold the deletion up. */
  public static List<String> warnings(ObjectFact fact, Facts facts) {
    if (!facts.knows(fact) || !(facts.get(fact) instanceof ObjectState.Present there)) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    JsonNode metadata = there.live().node().path("metadata");
    if (!metadata.path("finalizers").isEmpty()) {
      warnings.add(
          fact.ref()
              + " goes only when somebody has done with its finalizers: "
              + metadata
                  .path("finalizers")
                  .valueStream()
                  .map(name -> name.asString(""))
                  .collect(Collectors.joining(", ")));
    }
    for (JsonNode owner : metadata.path("ownerReferences")) {
      warnings.add("undo puts " + fact.ref() + " back without its owner " + named(owner));
    }
    return warnings;
  }

  private static void refuseStaticPod(ObjectRef ref, ObjectContent live) {
    JsonNode mirror =
        live.node().path("metadata").path("annotations").path("kubernetes.io/config.mirror");
    if (!ref.kind().equals(ObjectKind.POD) || mirror.isMissingNode()) {
      return;
    }
    String node = live.text("spec", "nodeName");
    throw new StepRefusedException(
        label(ref) + " absent",
        "it is a static pod: the kubelet of node " + node + " makes it, and would make it again",
        "take its manifest away from node "
            + node
            + ", where the kubelet's staticPodPath is (for kubeadm"
            + " /etc/kubernetes/manifests)");
  }

  private static void refuseOwned(ObjectRef ref, ObjectContent live) {
    Optional<JsonNode> controller =
        live.node()
            .path("metadata")
            .path("ownerReferences")
            .valueStream()
            .filter(owner -> owner.path("controller").asBoolean(false))
            .findFirst();
    if (controller.isPresent()) {
      String owner = named(controller.get());
      throw new StepRefusedException(
          label(ref) + " absent",
          "its controller " + owner + " would make it again",
          "act on " + owner + " or on what owns that: mend it, delete it, or scale it to 0");
    }
  }

  private static String named(JsonNode owner) {
    return owner.path("kind").asString("") + " " + owner.path("name").asString("");
  }
}

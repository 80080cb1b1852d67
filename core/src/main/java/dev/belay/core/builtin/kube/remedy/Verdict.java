package dev.belay.core.builtin.kube.remedy;

import dev.belay.core.builtin.falco.PodRef;
import dev.belay.core.builtin.kube.syscall.SyscallReport;
import dev.belay.core.builtin.kube.syscall.Syscalls;
import dev.belay.core.change.ScaleObject;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import dev.belay.core.step.StepRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The pods that make forbidden system calls as the cluster knows them, and what would make them
 * anew.
 *
 * @param wanted what the step wants, for errors
 * @param watch how they are found
 * @param kubectl by which credentials the cluster is asked
 */
record Verdict(String wanted, Syscalls watch, Kubectl kubectl) {

  /** What would make a pod anew. */
  sealed interface Maker {

    /** Nothing: the pod stands for itself, or its owner is no more. */
    record Nobody() implements Maker {}

    /**
     * Something that can be scaled, and that nothing else governs.
     *
     * @param ref the topmost such owner
     * @param live what it is
     */
    record Scalable(ObjectRef ref, ObjectContent live) implements Maker {
      int replicas() {
        return ScaleObject.replicas(live);
      }
    }

    /**
     * Something else, such as a DaemonSet, or what governs a Deployment.
     *
     * @param kind of it
     * @param name of it
     */
    record Other(String kind, String name) implements Maker {}
  }

  /**
   * A guilty pod that is still there.
   *
   * @param pod the pod
   * @param maker what would make it anew
   * @param another whether its containers are others than those that were watched
   */
  record Caller(ObjectFact pod, Maker maker, boolean another) {

    boolean goesAnyway() {
      return maker instanceof Maker.Scalable owner && owner.replicas() == 0;
    }
  }

  /** Returns what the watch asks, and then the pods and owner after owner. */
  List<Fact<?>> followUps(Facts facts) {
    List<Fact<?>> more = new ArrayList<>(watch.followUps(facts));
    if (more.stream().allMatch(facts::knows)) {
      guilty(facts).forEach(pod -> ask(pod, facts, more));
    }
    return more;
  }

  private void ask(ObjectFact fact, Facts facts, List<Fact<?>> more) {
    more.add(fact);
    if (facts.knows(fact)) {
      present(fact, facts)
          .flatMap(Verdict::controller)
          .flatMap(controller -> owner(fact, controller))
          .ifPresent(next -> ask(next, facts, more));
    }
  }

  private List<ObjectFact> guilty(Facts facts) {
    return watch.report(facts).guilty().stream().map(guilty -> fact(guilty.pod())).toList();
  }

  private ObjectFact fact(PodRef pod) {
    return new ObjectFact(kubectl, ObjectRef.of(ObjectKind.POD, pod.namespace(), pod.name()));
  }

  /**
   * Returns the guilty pods that are still there.
   *
   * @throws StepRefusedException when one names an owner that cannot be
   */
  List<Caller> callers(Facts facts) {
    List<Caller> callers = new ArrayList<>();
    for (ObjectFact pod : guilty(facts)) {
      present(pod, facts)
          .ifPresent(
              live ->
                  callers.add(
                      new Caller(pod, maker(pod, live, facts), isAnother(pod, live, facts))));
    }
    return callers;
  }

  private static Optional<ObjectContent> present(ObjectFact fact, Facts facts) {
    return facts.get(fact) instanceof ObjectState.Present there
        ? Optional.of(there.live())
        : Optional.empty();
  }

  private static Optional<JsonNode> controller(ObjectContent live) {
    return live.node()
        .path("metadata")
        .path("ownerReferences")
        .valueStream()
        .filter(owner -> owner.path("controller").asBoolean(false))
        .findFirst();
  }

  private Maker maker(ObjectFact made, ObjectContent live, Facts facts) {
    Optional<JsonNode> controller = controller(live);
    if (controller.isEmpty()) {
      return new Maker.Nobody();
    }
    Optional<ObjectFact> owner = owner(made, controller.get());
    if (owner.isEmpty()) {
      return new Maker.Other(text(controller.get(), "kind"), text(controller.get(), "name"));
    }
    Optional<ObjectContent> there =
        present(owner.get(), facts).filter(one -> one.uid().equals(text(controller.get(), "uid")));
    if (there.isEmpty()) {
      return new Maker.Nobody();
    }
    Maker above = maker(owner.get(), there.get(), facts);
    return above instanceof Maker.Nobody
        ? new Maker.Scalable(owner.get().ref(), there.get())
        : above;
  }

  /** The owner, where it can be scaled. References can be made by hand and go in a circle. */
  private Optional<ObjectFact> owner(ObjectFact made, JsonNode controller) {
    ObjectKind kind = made.ref().kind();
    return ObjectKind.of(text(controller, "apiVersion"), text(controller, "kind"))
        .filter(scalable(kind)::contains)
        .map(one -> owner(made, one, text(controller, "name")));
  }

  private static Set<ObjectKind> scalable(ObjectKind made) {
    if (made.equals(ObjectKind.POD)) {
      return Set.of(ObjectKind.DEPLOYMENT, ObjectKind.STATEFUL_SET, ObjectKind.REPLICA_SET);
    }
    return made.equals(ObjectKind.REPLICA_SET) ? Set.of(ObjectKind.DEPLOYMENT) : Set.of();
  }

  private ObjectFact owner(ObjectFact made, ObjectKind kind, String name) {
    try {
      return new ObjectFact(kubectl, new ObjectRef(kind, made.ref().namespace(), name));
    } catch (IllegalArgumentException noName) {
      throw new StepRefusedException(
          wanted,
          made.ref() + " names an owner that cannot be: " + noName.getMessage(),
          "look at its metadata.ownerReferences: somebody has written into them");
    }
  }

  /** A pod that was replaced by force leaves its containers running for a while. */
  private boolean isAnother(ObjectFact pod, ObjectContent live, Facts facts) {
    Set<String> watched =
        watch.report(facts).containers().stream()
            .filter(seen -> fact(seen.container().pod()).equals(pod))
            .map(SyscallReport.Seen::container)
            .map(container -> container.id())
            .collect(Collectors.toSet());
    List<String> ids = live.node().path("status").findValuesAsString("containerID");
    return !ids.isEmpty()
        && ids.stream().map(id -> id.replaceFirst(".*/", "")).noneMatch(watched::contains);
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asString("");
  }
}

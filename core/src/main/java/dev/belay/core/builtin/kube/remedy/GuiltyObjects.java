package dev.belay.core.builtin.kube.remedy;

import dev.belay.core.builtin.kube.incident.Grant;
import dev.belay.core.builtin.kube.incident.Suspect;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectListFact;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import dev.belay.core.step.StepRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The binding and the role by which a culprit did it.
 *
 * @param kubectl by which credentials
 * @param culprit whose grant is one of RBAC
 */
record GuiltyObjects(Kubectl kubectl, Suspect culprit) {

  private Grant.Rbac grant() {
    return (Grant.Rbac) culprit.grant();
  }

  private ObjectFact binding() {
    Grant.Binding binding = grant().binding();
    return binding
        .namespace()
        .map(home -> fact(ObjectKind.ROLE_BINDING, Optional.of(home), binding.name()))
        .orElseGet(() -> fact(ObjectKind.CLUSTER_ROLE_BINDING, Optional.empty(), binding.name()));
  }

  /** The role, where it is one of the binding's namespace: a cluster role may serve anybody. */
  private Optional<ObjectFact> role() {
    return grant()
        .binding()
        .namespace()
        .filter(home -> !grant().role().cluster())
        .map(home -> fact(ObjectKind.ROLE, Optional.of(home), grant().role().name()));
  }

  /** A log can hold any text where a name should be. */
  private ObjectFact fact(ObjectKind kind, Optional<String> home, String name) {
    try {
      return new ObjectFact(kubectl, new ObjectRef(kind, home, name));
    } catch (IllegalArgumentException noName) {
      throw new StepRefusedException(
          "to find what " + culprit.actor() + " was allowed by",
          "the log names what cannot be: " + noName.getMessage(),
          "look at the log itself: somebody else may have written into it");
    }
  }

  private Optional<ObjectListFact> bindings() {
    return grant()
        .binding()
        .namespace()
        .map(home -> new ObjectListFact(kubectl, ObjectKind.ROLE_BINDING, Optional.of(home)));
  }

  List<Fact<?>> reads() {
    List<Fact<?>> reads = new ArrayList<>();
    reads.add(binding());
    role().ifPresent(reads::add);
    role().flatMap(any -> bindings()).ifPresent(reads::add);
    return reads;
  }

  /** Returns what has to go, the binding first: without its role it would dangle. */
  List<ObjectFact> toDelete(String wanted, Facts facts) {
    List<ObjectFact> objects = new ArrayList<>();
    if (isGuilty(binding(), facts)) {
      refuseShared(wanted, facts);
      objects.add(binding());
    }
    role()
        .filter(role -> isGuilty(role, facts))
        .filter(role -> otherBindings(facts).isEmpty())
        .ifPresent(objects::add);
    return objects;
  }

  /** Returns what stays, and why. */
  List<String> kept(Facts facts) {
    List<String> kept = new ArrayList<>();
    for (ObjectFact object : objects()) {
      if (present(object, facts).isPresent() && !isGuilty(object, facts)) {
        kept.add(
            object.ref()
                + " stays: it was made after the last thing that the log tells of "
                + culprit.actor());
      }
    }
    if (grant().role().cluster()) {
      kept.add("ClusterRole " + grant().role().name() + " stays: it may serve others");
    }
    if (role().flatMap(role -> present(role, facts)).isPresent()
        && !otherBindings(facts).isEmpty()) {
      kept.add(
          role().get().ref()
              + " stays, since others need it: "
              + String.join(", ", otherBindings(facts)));
    }
    return kept;
  }

  private List<ObjectFact> objects() {
    List<ObjectFact> objects = new ArrayList<>(List.of(binding()));
    role().ifPresent(objects::add);
    return objects;
  }

  private static Optional<ObjectContent> present(ObjectFact fact, Facts facts) {
    return facts.get(fact) instanceof ObjectState.Present there
        ? Optional.of(there.live())
        : Optional.empty();
  }

  private boolean isGuilty(ObjectFact fact, Facts facts) {
    return present(fact, facts)
        .filter(live -> !Times.madeAfter(live, culprit.activity().last()))
        .isPresent();
  }

  private void refuseShared(String wanted, Facts facts) {
    List<String> others =
        subjects(present(binding(), facts).orElseThrow()).stream()
            .filter(subject -> !isCulprit(subject))
            .map(GuiltyObjects::named)
            .toList();
    if (!others.isEmpty()) {
      throw new StepRefusedException(
          wanted,
          binding().ref() + " also serves others: " + String.join(", ", others),
          "take the culprit out of it: keep the binding with the other subjects only");
    }
  }

  private boolean isCulprit(JsonNode subject) {
    String name = subject.path("name").asString("");
    return switch (subject.path("kind").asString("")) {
      case "User" -> name.equals(culprit.actor());
      case "ServiceAccount" ->
          culprit
              .actor()
              .equals(
                  "system:serviceaccount:" + subject.path("namespace").asString("") + ":" + name);
      default -> false;
    };
  }

  private static String named(JsonNode subject) {
    String home = subject.path("namespace").asString("");
    return subject.path("kind").asString("")
        + " "
        + (home.isEmpty() ? "" : home + "/")
        + subject.path("name").asString("");
  }

  private static List<JsonNode> subjects(ObjectContent binding) {
    return binding.node().path("subjects").valueStream().toList();
  }

  /** Other bindings of the role that somebody stands in. */
  private List<String> otherBindings(Facts facts) {
    return bindings().stream()
        .flatMap(list -> facts.get(list).stream())
        .filter(binding -> binding.text("roleRef", "kind").equals("Role"))
        .filter(binding -> binding.text("roleRef", "name").equals(grant().role().name()))
        .filter(binding -> !binding.text("metadata", "name").equals(grant().binding().name()))
        .filter(binding -> !subjects(binding).isEmpty())
        .map(binding -> "RoleBinding " + binding.text("metadata", "name"))
        .collect(Collectors.toList());
  }
}

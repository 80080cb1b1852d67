package dev.belay.core.builtin.kube.immutable;

import dev.belay.core.builtin.kube.object.Deletion;
import dev.belay.core.change.Change;
import dev.belay.core.change.CreateObject;
import dev.belay.core.change.ReplaceObject;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import dev.belay.core.step.Health;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the containers of a Deployment, StatefulSet, DaemonSet or bare pod immutable: read-only
 * root file systems, and an empty volume at each path that has to stay writable.
 *
 * <p>The template of a workload is changed and its rollout waited for; a bare pod is saved, deleted
 * and created again, and loses its address and what its empty volumes held. Then the new pods are
 * written to: the root must refuse with EROFS, each writable path must not. If that does not come
 * true in time, the whole run is undone on this host. Undo gives the former template, or pod, back.
 *
 * @param kubectl by which credentials
 * @param ref what is kept immutable
 * @param writable the paths that stay writable
 * @param unproven containers whose image has no program {@code touch}, and which are therefore not
 *     written to
 * @param within how long the rollout and the proof may take
 */
public record ImmutableWorkload(
    Kubectl kubectl,
    ObjectRef ref,
    List<WritablePath> writable,
    Set<String> unproven,
    Duration within)
    implements ReversibleStep {

  private static final Set<ObjectKind> KINDS =
      Set.of(ObjectKind.DEPLOYMENT, ObjectKind.STATEFUL_SET, ObjectKind.DAEMON_SET, ObjectKind.POD);

  /** Copies the collections and checks kind and time, from 1 s to 30 min. */
  public ImmutableWorkload {
    writable = List.copyOf(writable);
    unproven = Set.copyOf(unproven);
    if (!KINDS.contains(ref.kind())) {
      throw new IllegalArgumentException(
          "a Deployment, StatefulSet, DaemonSet or Pod can be made immutable, not " + ref);
    }
    if (within.toSeconds() < 1 || within.toMinutes() > 30) {
      throw new IllegalArgumentException("a rollout may take from 1 s to 30 min");
    }
  }

  /** Keeps it immutable without any writable path, within three minutes. */
  public ImmutableWorkload(Kubectl kubectl, ObjectRef ref) {
    this(kubectl, ref, List.of(), Set.of(), Duration.ofMinutes(3));
  }

  /** Returns the step with these further paths writable in every container. */
  public ImmutableWorkload writable(String... paths) {
    return with(Optional.empty(), paths);
  }

  /** Returns the step with these further paths writable in one container. */
  public ImmutableWorkload writableIn(String container, String... paths) {
    return with(Optional.of(container), paths);
  }

  private ImmutableWorkload with(Optional<String> container, String... paths) {
    List<WritablePath> all = new ArrayList<>(writable);
    for (String path : paths) {
      all.add(new WritablePath(container, path));
    }
    return new ImmutableWorkload(kubectl, ref, all, unproven, within);
  }

  /** Returns the step that does not write to these containers, since they have no touch. */
  public ImmutableWorkload unproven(String... containers) {
    return new ImmutableWorkload(kubectl, ref, writable, Set.of(containers), within);
  }

  /** Returns the step that waits that long, from 1 s to 30 min. */
  public ImmutableWorkload within(Duration longest) {
    return new ImmutableWorkload(kubectl, ref, writable, unproven, longest);
  }

  private boolean bare() {
    return ref.kind().equals(ObjectKind.POD);
  }

  private ObjectFact fact() {
    return new ObjectFact(kubectl, ref);
  }

  @Override
  public String label() {
    return "immutable["
        + ref.kind().kind().toLowerCase(Locale.ROOT)
        + " "
        + ref.namespace().orElseThrow()
        + "/"
        + ref.name()
        + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return List.of(fact());
  }

  private ObjectContent live(Facts facts) {
    if (facts.get(fact()) instanceof ObjectState.Present there) {
      return there.live();
    }
    throw new StepRefusedException(
        label(), "there is no " + ref, "see the name, or let an earlier task make it");
  }

  private JsonNode podSpec(JsonNode root) {
    return bare() ? root.path("spec") : root.path("spec").path("template").path("spec");
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    ObjectContent live = live(facts);
    JsonNode spec = podSpec(live.node());
    if (ReadOnlyPod.of(label(), spec, writable).equals(spec)) {
      return List.of();
    }
    if (live.uid().isEmpty()) {
      throw new UnknownFactException(ref + " is made by an earlier task");
    }
    Refusals.check(label(), live.node());
    if (!bare()) {
      return List.of(new ReplaceObject(kubectl, ref, live, readOnly(live)));
    }
    List<Change.Reversible> changes = new ArrayList<>(Deletion.of(fact(), within, facts));
    changes.add(new CreateObject(kubectl, ref, readOnly(live.clean())));
    return changes;
  }

  private ObjectContent readOnly(ObjectContent content) {
    ObjectNode root = content.node();
    ObjectNode owner = root.withObject("spec");
    ObjectNode spec = ReadOnlyPod.of(label(), podSpec(root), writable);
    if (bare()) {
      root.set("spec", spec);
    } else {
      owner.withObject("template").set("spec", spec);
    }
    return ObjectContent.of(root);
  }

  @Override
  public List<String> warnings(Facts facts) {
    if (!facts.knows(fact()) || !(facts.get(fact()) instanceof ObjectState.Present there)) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    for (ObjectNode container : ReadOnlyPod.containers(podSpec(there.live().node()))) {
      for (MutableContainer.Reason reason : MutableContainer.reasons(container)) {
        if (reason != MutableContainer.Reason.ROOT_WRITABLE) {
          warnings.add("container " + container.path("name").asString("") + " is " + reason);
        }
      }
    }
    if (asleep(there.live().node())) {
      warnings.add(ref + " has no pods, so that nothing proves it");
    }
    return warnings;
  }

  private boolean asleep(JsonNode root) {
    return root.path("spec").path("replicas").asInt(1) == 0;
  }

  @Override
  public Optional<Health> health(Facts facts) {
    ObjectNode root = live(facts).node();
    Map<String, List<String>> written = new TreeMap<>();
    for (JsonNode container : podSpec(root).path("containers")) {
      String name = container.path("name").asString("");
      if (!unproven.contains(name) && !asleep(root)) {
        written.put(
            name, writable.stream().filter(p -> p.isFor(name)).map(WritablePath::path).toList());
      }
    }
    String selector = bare() ? "" : RolloutProof.selector(root.path("spec").path("selector"));
    return Optional.of(new RolloutProof(kubectl, ref, selector, written, within).health());
  }
}

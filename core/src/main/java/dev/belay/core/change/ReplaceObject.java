package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives an object of the cluster another content, if nobody has edited it since the plan was made;
 * its status may have changed, as that of a workload does whenever one of its pods fails. Undo
 * gives it the former content again, unless somebody has edited it since.
 *
 * @param kubectl by which credentials
 * @param ref which object
 * @param live what it was when planned
 * @param content what it shall be, without what the cluster adds
 */
public record ReplaceObject(
    Kubectl kubectl, ObjectRef ref, ObjectContent live, ObjectContent content)
    implements Change.Reversible {

  /** Checks the identity, which the API server makes and the host's shell is told. */
  public ReplaceObject {
    ObjectChanges.checkUid(live);
  }

  @Override
  public String summary() {
    return "change " + ref;
  }

  @Override
  public List<Diff> diff() {
    return List.of(
        new Diff.Text(
            ref.toString(),
            Optional.of(live.clean().shown()),
            Optional.of(content.clean().shown())));
  }

  @Override
  public Optional<String> expects() {
    return Optional.of(
        kubectl.call(
            "b_object_same", ref.path(), live.uid(), live.text("metadata", "resourceVersion")));
  }

  @Override
  public String perform() {
    return ObjectChanges.given(identified(content, true))
        + kubectl.call("b_object_replace", ref.path(), live.uid());
  }

  /** The host also compares with it, so nothing but its status and version may be left out. */
  @Override
  public Optional<String> undo() {
    return Optional.of(
        ObjectChanges.given(identified(live, false))
            + kubectl.call("b_object_put_back", ref.path()));
  }

  /** The API server refuses to replace another object than this, or another version of it. */
  private ObjectContent identified(ObjectContent wanted, boolean thisVersion) {
    ObjectNode root = wanted.node();
    root.remove("status");
    ObjectNode metadata = root.withObject("metadata");
    ObjectNode was = live.node().withObject("metadata");
    metadata.put("uid", live.uid());
    metadata.remove(List.of("resourceVersion", "managedFields"));
    if (was.has("ownerReferences")) {
      metadata.set("ownerReferences", was.path("ownerReferences"));
    }
    if (thisVersion) {
      root.set("metadata", withVersion(metadata, was.path("resourceVersion")));
    }
    return ObjectContent.of(root);
  }

  /** In the first place, where the host finds it to exchange it, before labels of that name. */
  private static ObjectNode withVersion(ObjectNode metadata, JsonNode version) {
    ObjectNode all = metadata.objectNode();
    all.set("resourceVersion", version);
    all.setAll(metadata);
    return all;
  }

  /** Whatever else the run did may have taken the API server away, so that comes back first. */
  @Override
  public boolean undoneLast() {
    return true;
  }

  /** What the cluster adds to an object stays with it. */
  @Override
  public Facts effect(Facts before) {
    ObjectState after = new ObjectState.Present(identified(content, true));
    return ObjectChanges.effect(before.with(new ObjectFact(kubectl, ref), after), ref, summary());
  }

  @Override
  public Duration deadline() {
    return Duration.ofMinutes(3);
  }
}

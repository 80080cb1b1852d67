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

/**
 * Deletes an object of the cluster, if it is still the very one that the plan was made for, and
 * waits until it is gone. Undo creates it again from its clean content, as another object of the
 * same name.
 *
 * @param kubectl by which credentials
 * @param ref which object
 * @param live what it was when planned
 * @param within how long it may take to go, such as for the grace period of a pod
 */
public record DeleteObject(Kubectl kubectl, ObjectRef ref, ObjectContent live, Duration within)
    implements Change.Reversible {

  /** Checks the identity, which the API server makes and the host's shell is told. */
  public DeleteObject {
    ObjectChanges.checkUid(live);
  }

  @Override
  public String summary() {
    return "delete " + ref;
  }

  @Override
  public List<Diff> diff() {
    return List.of(
        new Diff.Text(ref.toString(), Optional.of(live.clean().shown()), Optional.empty()));
  }

  @Override
  public Optional<String> expects() {
    return Optional.of(kubectl.call("b_object_is", ref.path(), live.uid()));
  }

  @Override
  public String perform() {
    return kubectl.call(
        "b_object_delete", ref.path(), live.uid(), Long.toString(within.toSeconds()));
  }

  @Override
  public Optional<String> undo() {
    return Optional.of(
        ObjectChanges.given(live.clean())
            + kubectl.call(
                "b_object_restore",
                ref.collection(),
                ref.path(),
                live.uid(),
                Long.toString(within.toSeconds())));
  }

  /** Whatever else the run did may have taken the API server away, so that comes back first. */
  @Override
  public boolean undoneLast() {
    return true;
  }

  @Override
  public Facts effect(Facts before) {
    return ObjectChanges.effect(
        before.with(new ObjectFact(kubectl, ref), new ObjectState.Absent()), ref, summary());
  }

  /** The API server itself may be away for a while. */
  @Override
  public Duration deadline() {
    return within.plusMinutes(3);
  }
}

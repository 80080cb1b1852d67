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
 * Creates an object of the cluster. Undo deletes the very object that was created.
 *
 * @param kubectl by which credentials
 * @param ref which object
 * @param content what it shall be
 */
public record CreateObject(Kubectl kubectl, ObjectRef ref, ObjectContent content)
    implements Change.Reversible {

  private static final Duration GOING = Duration.ofSeconds(90);

  @Override
  public String summary() {
    return "create " + ref;
  }

  @Override
  public List<Diff> diff() {
    return List.of(new Diff.Text(ref.toString(), Optional.empty(), Optional.of(content.shown())));
  }

  @Override
  public String perform() {
    return ObjectChanges.given(content)
        + kubectl.call("b_object_create", ref.collection(), ref.path());
  }

  @Override
  public Optional<String> undo() {
    return Optional.of(
        kubectl.call("b_object_uncreate", ref.path(), Long.toString(GOING.toSeconds())));
  }

  /** Whatever else the run did may have taken the API server away, so that comes back first. */
  @Override
  public boolean undoneLast() {
    return true;
  }

  @Override
  public Facts effect(Facts before) {
    return ObjectChanges.effect(
        before.with(new ObjectFact(kubectl, ref), new ObjectState.Present(content)),
        ref,
        summary());
  }

  @Override
  public Duration deadline() {
    return Duration.ofMinutes(3);
  }
}

package dev.belay.core.builtin.kube.object;

import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.step.ReversibleStep;
import java.time.Duration;
import java.util.List;

/**
 * Keeps an object away from a cluster. It counts as gone when the API server knows none of its
 * name.
 *
 * <p>Undo creates it again from what was saved: the same content under another uid, without owners,
 * and for a pod on whatever node there is room, with empty volumes. An object that its controller
 * would make again is refused, and so is a static pod, which has to go from its node.
 *
 * @param kubectl by which credentials
 * @param ref which object
 * @param within how long it may take to go: the grace period of a pod, and finalizers
 */
public record ObjectAbsent(Kubectl kubectl, ObjectRef ref, Duration within)
    implements ReversibleStep {

  /** Refuses kinds whose deletion takes more with it than could be put back. */
  public ObjectAbsent {
    Deletion.checkKind(ref);
    if (within.toSeconds() < 1 || within.toMinutes() > 30) {
      throw new IllegalArgumentException("an object may take from 1 s to 30 min to go");
    }
  }

  /** Returns the step that waits that long for the object to be gone, from 1 s to 30 min. */
  public ObjectAbsent within(Duration longest) {
    return new ObjectAbsent(kubectl, ref, longest);
  }

  @Override
  public String label() {
    return Deletion.label(ref) + " absent";
  }

  @Override
  public List<Fact<?>> reads() {
    return List.of(new ObjectFact(kubectl, ref));
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    return Deletion.of(new ObjectFact(kubectl, ref), within, facts);
  }

  @Override
  public List<String> warnings(Facts facts) {
    return Deletion.warnings(new ObjectFact(kubectl, ref), facts);
  }
}

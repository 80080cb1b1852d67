package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a workload another number of replicas, through the API's own {@code scale}: whatever else
 * somebody writes into the object meanwhile stays, as does the status that changes whenever one of
 * its pods fails. Refused where somebody has scaled it since the plan was made; undo gives the
 * former number back, unless somebody has scaled it since.
 *
 * @param kubectl by which credentials
 * @param ref a Deployment, ReplicaSet or StatefulSet
 * @param live what it was when planned
 * @param replicas how many there shall be, from 0
 */
public record ScaleObject(Kubectl kubectl, ObjectRef ref, ObjectContent live, int replicas)
    implements Change.Reversible {

  private static final Set<ObjectKind> KINDS =
      Set.of(ObjectKind.DEPLOYMENT, ObjectKind.REPLICA_SET, ObjectKind.STATEFUL_SET);

  private static final Duration MARGIN = Duration.ofSeconds(90);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** What the API server writes where a template names no grace period. */
  private static final int GRACE = 30;

  /** Checks kind, identity and number. */
  public ScaleObject {
    ObjectChanges.checkUid(live);
    if (!KINDS.contains(ref.kind()) || replicas < 0) {
      throw new IllegalArgumentException("cannot scale " + ref + " to " + replicas);
    }
  }

  /** Returns how many replicas a workload wants; 1 is what the API server writes for none. */
  public static int replicas(ObjectContent workload) {
    return workload.node().path("spec").path("replicas").asInt(1);
  }

  private ObjectContent scaled() {
    ObjectNode root = live.node();
    root.withObject("spec").put("replicas", replicas);
    return ObjectContent.of(root);
  }

  @Override
  public String summary() {
    return "scale " + ref + " from " + replicas(live) + " to " + replicas;
  }

  @Override
  public List<Diff> diff() {
    return List.of(
        new Diff.Text(
            ref.toString(),
            Optional.of(live.clean().shown()),
            Optional.of(scaled().clean().shown())));
  }

  @Override
  public Optional<String> expects() {
    return Optional.of(call("b_object_wants", replicas(live), replicas));
  }

  @Override
  public String perform() {
    String scale = call("b_object_scale", replicas(live), replicas);
    return replicas > 0
        ? scale
        : scale
            + " && "
            + kubectl.call(
                "b_object_emptied",
                ref.path(),
                ref.namespace().orElseThrow(),
                ref.kind().kind() + "/" + ref.name(),
                Long.toString(ending().toSeconds()));
  }

  /** Pods of a StatefulSet end one after the other, unless it says otherwise. */
  private Duration ending() {
    JsonNode spec = live.node().path("spec");
    long grace =
        spec.path("template").path("spec").path("terminationGracePeriodSeconds").asLong(GRACE);
    boolean inOrder =
        ref.kind().equals(ObjectKind.STATEFUL_SET)
            && !spec.path("podManagementPolicy").asString("").equals("Parallel");
    double all = Math.max(grace, 0) * (inOrder ? (double) replicas(live) : 1);
    return MARGIN.plusSeconds((long) Math.min(all, LONGEST.minus(MARGIN).toSeconds()));
  }

  @Override
  public Optional<String> undo() {
    return Optional.of(call("b_object_scale", replicas, replicas(live)) + " 150");
  }

  private String call(String function, int from, int to) {
    return kubectl.call(
        function, ref.path(), live.uid(), Integer.toString(from), Integer.toString(to));
  }

  /** Whatever else the run did may have taken the API server away, so that comes back first. */
  @Override
  public boolean undoneLast() {
    return true;
  }

  @Override
  public Facts effect(Facts before) {
    ObjectState after = new ObjectState.Present(scaled());
    return ObjectChanges.effect(before.with(new ObjectFact(kubectl, ref), after), ref, summary());
  }

  /** The API server itself may be away for a while. */
  @Override
  public Duration deadline() {
    return Duration.ofMinutes(3).plus(replicas > 0 ? Duration.ZERO : ending());
  }
}

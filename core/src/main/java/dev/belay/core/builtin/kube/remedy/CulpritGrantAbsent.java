package dev.belay.core.builtin.kube.remedy;

import dev.belay.core.builtin.kube.incident.AuditSearch;
import dev.belay.core.builtin.kube.incident.Grant;
import dev.belay.core.builtin.kube.incident.Suspect;
import dev.belay.core.builtin.kube.object.Deletion;
import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes away the binding, and then the role, by which the culprit of an audit log did it; nothing
 * else.
 *
 * <p>A binding that also serves others is refused, since they would lose their rights. A role stays
 * where another binding needs it, and so does every cluster role, with a warning. A binding or role
 * that was made after the last thing that the log tells cannot be the one that allowed it, and
 * stays. Undo makes both again.
 *
 * @param search how the culprit is found, as in the report
 * @param kubectl by which credentials
 */
public record CulpritGrantAbsent(AuditSearch search, Kubectl kubectl) implements ReversibleStep {

  private static final Duration GOING = Duration.ofMinutes(1);

  @Override
  public String label() {
    return "culprit's role and binding absent[" + search.namespace() + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return search.reads();
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    List<Fact<?>> more = new ArrayList<>(search.followUps(facts));
    if (!more.isEmpty() && more.stream().allMatch(facts::knows)) {
      guilty(facts).ifPresent(objects -> more.addAll(objects.reads()));
    }
    return more;
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    Optional<GuiltyObjects> guilty = guilty(facts);
    List<Change.Reversible> changes = new ArrayList<>();
    for (ObjectFact object : guilty.map(some -> some.toDelete(label(), facts)).orElse(List.of())) {
      changes.addAll(Deletion.of(object, GOING, facts));
    }
    return changes;
  }

  @Override
  public List<String> warnings(Facts facts) {
    try {
      Optional<Suspect> culprit = search.report(facts).culprit();
      if (culprit.isEmpty()) {
        return List.of(
            "nothing is taken away: " + search.log() + " does not tell who is responsible");
      }
      return guilty(facts)
          .map(some -> some.kept(facts))
          .orElseGet(() -> List.of(unknownGrant(culprit.get())));
    } catch (UnknownFactException | FailedFactException | StepRefusedException unknown) {
      return List.of();
    }
  }

  private static String unknownGrant(Suspect culprit) {
    return "nothing is taken away: it is not known what allowed "
        + culprit.actor()
        + (culprit.grant() instanceof Grant.Unknown unknown ? " (" + unknown.why() + ")" : "");
  }

  private Optional<GuiltyObjects> guilty(Facts facts) {
    return search
        .report(facts)
        .culprit()
        .filter(culprit -> culprit.grant() instanceof Grant.Rbac)
        .map(culprit -> new GuiltyObjects(kubectl, culprit));
  }
}

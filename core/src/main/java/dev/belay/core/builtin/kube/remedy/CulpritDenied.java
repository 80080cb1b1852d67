package dev.belay.core.builtin.kube.remedy;

import dev.belay.core.builtin.kube.incident.AuditSearch;
import dev.belay.core.builtin.kube.incident.Grant;
import dev.belay.core.builtin.kube.incident.Suspect;
import dev.belay.core.builtin.kube.object.AccessDenied;
import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.object.AccessFact;
import dev.belay.core.fact.object.Action;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.step.ReversibleStep;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sees that the culprit of an audit log cannot create and delete any more what he created and
 * deleted. Changes nothing: where he can, it fails and names the binding that still allows it.
 *
 * <p>The groups that the culprit's login brings are not in the log, so a right that he has through
 * a group is not seen.
 *
 * @param search how the culprit is found, as in the report
 * @param kubectl by which credentials the cluster is asked
 */
public record CulpritDenied(AuditSearch search, Kubectl kubectl) implements ReversibleStep {

  @Override
  public String label() {
    return "culprit cannot do it again[" + search.namespace() + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return search.reads();
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    List<Fact<?>> more = new ArrayList<>(search.followUps(facts));
    if (!more.isEmpty() && more.stream().allMatch(facts::knows)) {
      more.addAll(asked(facts));
    }
    return more;
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    AccessDenied.refuseAllowed(label(), asked(facts), facts);
    return List.of();
  }

  private List<AccessFact> asked(Facts facts) {
    return search.report(facts).culprit().map(this::done).orElse(List.of());
  }

  private List<AccessFact> done(Suspect culprit) {
    if (culprit.actor().equals(Grant.UNKNOWN)) {
      return List.of();
    }
    Set<Action> actions = new LinkedHashSet<>();
    for (Suspect.ObjectCount object : culprit.objects()) {
      Stream.of("create", "delete")
          .filter(verb -> (verb.equals("create") ? object.created() : object.deleted()) > 0)
          .forEach(verb -> actions.add(action(culprit.actor(), verb, object.resource())));
    }
    return actions.stream().map(action -> new AccessFact(kubectl, action)).toList();
  }

  /** The log tells no API group here; what the usual search looks for is in the core group. */
  private Action action(String user, String verb, String resource) {
    return new Action(user, List.of(), verb, resource, "", Optional.of(search.namespace()));
  }
}

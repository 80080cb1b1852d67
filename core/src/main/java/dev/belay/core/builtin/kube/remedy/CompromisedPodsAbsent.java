package dev.belay.core.builtin.kube.remedy;

import dev.belay.core.builtin.falco.FalcoReport;
import dev.belay.core.builtin.falco.FalcoSearch;
import dev.belay.core.builtin.falco.PodRef;
import dev.belay.core.builtin.kube.object.Deletion;
import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import dev.belay.core.step.ReversibleStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes the pods about which Falco raised alerts of a kind, and no others.
 *
 * <p>A pod that was made after the last such alert is another one of the same name, and stays; that
 * can be told where Falco's log has dates, as with {@code json_output} or {@code
 * time_format_iso_8601}. A pod that a controller would make again is refused with its owner named,
 * and nothing is deleted. Undo makes the pods again.
 *
 * @param search how they are found, as in the report
 * @param kubectl by which credentials
 */
public record CompromisedPodsAbsent(FalcoSearch search, Kubectl kubectl) implements ReversibleStep {

  private static final Duration GOING = Duration.ofMinutes(2);

  @Override
  public String label() {
    return "compromised pods absent[" + search.log() + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return search.reads();
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    List<Fact<?>> more = new ArrayList<>(search.followUps(facts));
    if (!more.isEmpty() && more.stream().allMatch(facts::knows)) {
      search.report(facts).pods().forEach(one -> more.add(fact(one.pod())));
    }
    return more;
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    List<Change.Reversible> changes = new ArrayList<>();
    for (FalcoReport.Compromised one : search.report(facts).pods()) {
      if (!isAnother(one, facts)) {
        changes.addAll(Deletion.of(fact(one.pod()), GOING, facts));
      }
    }
    return changes;
  }

  @Override
  public List<String> warnings(Facts facts) {
    List<String> warnings = new ArrayList<>();
    try {
      for (FalcoReport.Compromised one : search.report(facts).pods()) {
        if (isAnother(one, facts)) {
          warnings.add("Pod " + one.pod() + " stays: it was made after the last alert");
        } else {
          warnings.addAll(Deletion.warnings(fact(one.pod()), facts));
        }
      }
    } catch (UnknownFactException | FailedFactException unknown) {
      return List.of();
    }
    return warnings;
  }

  private boolean isAnother(FalcoReport.Compromised one, Facts facts) {
    return facts.get(fact(one.pod())) instanceof ObjectState.Present there
        && Times.madeAfter(there.live(), Times.read(one.alerts().last()));
  }

  private ObjectFact fact(PodRef pod) {
    return new ObjectFact(kubectl, ObjectRef.of(ObjectKind.POD, pod.namespace(), pod.name()));
  }
}

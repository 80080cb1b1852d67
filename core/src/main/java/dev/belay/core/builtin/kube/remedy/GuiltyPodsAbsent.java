package dev.belay.core.builtin.kube.remedy;

import dev.belay.core.builtin.kube.object.Deletion;
import dev.belay.core.builtin.kube.syscall.Syscalls;
import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes the pods that are seen to make forbidden system calls, and no others.
 *
 * <p>A pod that a controller would make again is refused with its owner named, and nothing is
 * deleted, unless that owner stands at 0 replicas. A pod that was made anew since the watch stays.
 * Undo makes the pods again.
 *
 * @param watch how they are found, as in the report
 * @param kubectl by which credentials
 */
public record GuiltyPodsAbsent(Syscalls watch, Kubectl kubectl) implements ReversibleStep {

  private static final Duration GOING = Duration.ofMinutes(2);

  @Override
  public String label() {
    return "guilty pods absent[" + watch.pods() + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    return watch.reads();
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    return verdict().followUps(facts);
  }

  private Verdict verdict() {
    return new Verdict(label(), watch, kubectl);
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    List<Change.Reversible> changes = new ArrayList<>();
    for (Verdict.Caller caller : verdict().callers(facts)) {
      if (!caller.another() && !caller.goesAnyway()) {
        changes.addAll(Deletion.of(caller.pod(), GOING, facts));
      }
    }
    return changes;
  }

  @Override
  public List<String> warnings(Facts facts) {
    try {
      List<String> warnings = new ArrayList<>(watch.warnings(facts));
      for (Verdict.Caller caller : verdict().callers(facts)) {
        if (caller.another()) {
          warnings.add(
              caller.pod().ref()
                  + " stays: its containers are not those that were watched, so watch again");
        } else if (!caller.goesAnyway()) {
          warnings.addAll(Deletion.warnings(caller.pod(), facts));
        }
      }
      return warnings;
    } catch (UnknownFactException | FailedFactException | StepRefusedException unknown) {
      return List.of();
    }
  }
}

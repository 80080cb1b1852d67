package dev.belay.core.builtin.kube.remedy;

import dev.belay.core.builtin.kube.syscall.Syscalls;
import dev.belay.core.change.Change;
import dev.belay.core.change.ScaleObject;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps at 0 replicas whatever makes the pods that are seen to make forbidden system calls: the
 * Deployment, StatefulSet, or ReplicaSet that nothing else owns; each once, and nothing else.
 *
 * <p>All its pods go, also those that were not seen to make such calls: they are of one template. A
 * HorizontalPodAutoscaler leaves alone what stands at 0. A pod whose controller has no number of
 * replicas is refused, with the controller named; one that stands for itself stays, with a warning.
 * Waits until the pods have ended, and has failed where they do not, see {@link ScaleObject}. Undo
 * gives the former number back, and does not wait for pods.
 *
 * @param watch how they are found, as in the report
 * @param kubectl by which credentials
 */
public record GuiltyOwnersAtZero(Syscalls watch, Kubectl kubectl) implements ReversibleStep {

  @Override
  public String label() {
    return "guilty pods' owners at 0[" + watch.pods() + "]";
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

  /** The owners that still want pods, each with the number of guilty ones. */
  private Map<Verdict.Maker.Scalable, Integer> awake(Facts facts) {
    Map<Verdict.Maker.Scalable, Integer> awake = new LinkedHashMap<>();
    for (Verdict.Caller caller : verdict().callers(facts)) {
      if (caller.maker() instanceof Verdict.Maker.Other other) {
        throw unscalable(caller, other);
      }
      if (caller.maker() instanceof Verdict.Maker.Scalable owner && owner.replicas() > 0) {
        awake.merge(owner, 1, Integer::sum);
      }
    }
    return awake;
  }

  private StepRefusedException unscalable(Verdict.Caller caller, Verdict.Maker.Other other) {
    String what =
        switch (other.kind()) {
          case "DaemonSet" -> "mend its template, delete it, or give it a nodeSelector of no node";
          case "Node" -> "it is a static pod: take its manifest away from that node";
          case "Job" -> "suspend it (spec.suspend) or delete it";
          default -> "act on it: by its own means it can be mended, stopped or deleted";
        };
    return new StepRefusedException(
        label(),
        caller.pod().ref()
            + " is governed by "
            + other.kind()
            + " "
            + other.name()
            + ", which cannot be scaled to 0",
        what);
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    return awake(facts).keySet().stream()
        .<Change.Reversible>map(owner -> new ScaleObject(kubectl, owner.ref(), owner.live(), 0))
        .toList();
  }

  @Override
  public List<String> warnings(Facts facts) {
    try {
      List<String> warnings = new ArrayList<>(watch.warnings(facts));
      awake(facts)
          .forEach(
              (owner, guilty) -> {
                if (owner.replicas() > guilty) {
                  warnings.add(
                      owner.ref()
                          + ": all of its "
                          + owner.replicas()
                          + " pods go, also those not seen to call it");
                }
              });
      for (Verdict.Caller caller : verdict().callers(facts)) {
        if (caller.maker() instanceof Verdict.Maker.Nobody) {
          warnings.add(caller.pod().ref() + " stays: nothing owns it, so say that it is absent");
        }
      }
      return warnings;
    } catch (UnknownFactException | FailedFactException | StepRefusedException unknown) {
      return List.of();
    }
  }
}

package dev.belay.core.builtin.falco;

import dev.belay.core.builtin.file.FilePresent;
import dev.belay.core.builtin.log.ReportLine;
import dev.belay.core.change.Change;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FailedFactException;
import dev.belay.core.fact.UnknownFactException;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.Finding;
import dev.belay.core.step.ReversibleStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keeps {@code namespace,pod} of each pod with alerts of a kind in a file, a line for each.
 *
 * <p>Undo restores the file, or removes it if there was none. Changes nothing in the cluster. Where
 * the log names no pod, the file stays as it is; containers whose pods nobody knows are warned of.
 *
 * @param search what is looked for
 * @param path the file
 */
public record CompromisedPodsFile(FalcoSearch search, RemotePath path) implements ReversibleStep {

  @Override
  public String label() {
    return "falcoReport[" + path + "]";
  }

  @Override
  public List<Fact<?>> reads() {
    List<Fact<?>> reads = new ArrayList<>(search.reads());
    reads.addAll(new FilePresent(path).reads());
    return reads;
  }

  @Override
  public List<Fact<?>> followUps(Facts facts) {
    List<Fact<?>> more = new ArrayList<>(search.followUps(facts));
    more.addAll(new FilePresent(path).followUps(facts));
    return more;
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    FalcoReport report = search.report(facts);
    return report.pods().isEmpty()
        ? List.of()
        : new FilePresent(path).content(content(report)).plan(facts);
  }

  private String content(FalcoReport report) {
    return report.pods().stream()
        .map(FalcoReport.Compromised::pod)
        .map(pod -> ReportLine.of(label(), pod.namespace(), pod.name()))
        .collect(Collectors.joining());
  }

  @Override
  public List<String> warnings(Facts facts) {
    try {
      return warnings(search.report(facts));
    } catch (UnknownFactException | FailedFactException unknown) {
      return List.of();
    }
  }

  @Override
  public List<Finding> findings(Facts facts) {
    try {
      FalcoReport report = search.report(facts);
      return report.lines().counted() == 0 ? List.of() : List.of(report.finding());
    } catch (UnknownFactException | FailedFactException unknown) {
      return List.of();
    }
  }

  private List<String> warnings(FalcoReport report) {
    List<String> warnings = new ArrayList<>();
    if (report.pods().isEmpty() && report.unknown().isEmpty()) {
      warnings.add("no pod is found in " + search.log() + " with such alerts");
    }
    for (FalcoReport.Unmapped one : report.unknown()) {
      warnings.add(
          one.alerts().count()
              + " such alerts are about container "
              + (one.container().isEmpty() ? "without an id" : one.container())
              + (one.name().isEmpty() ? "" : " (" + one.name() + ")")
              + ", whose pod nobody knows any more");
    }
    if (report.lines().undecided() > 0) {
      warnings.add(
          report.lines().undecided()
              + " alerts are lines of text, which do not name rule and tags; set json_output in"
              + " falco.yaml to have them told");
    }
    return warnings;
  }
}

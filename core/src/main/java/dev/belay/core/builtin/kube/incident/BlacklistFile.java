package dev.belay.core.builtin.kube.incident;

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
import dev.belay.core.step.StepRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps {@code user,role,rolebinding} of who is responsible for what happens in a namespace in a
 * file of one line, as an audit log tells it. What the log does not tell is {@code unknown}.
 *
 * <p>Undo restores the file, or removes it if there was none. Changes nothing in the cluster. Where
 * the log names nobody, the file stays as it is.
 *
 * @param search what is looked for
 * @param path the file
 */
public record BlacklistFile(AuditSearch search, RemotePath path) implements ReversibleStep {

  @Override
  public String label() {
    return "auditReport[" + path + "]";
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
    AuditReport report = search.report(facts);
    if (report.suspects().isEmpty()) {
      return List.of();
    }
    return file(report.culprit().orElseThrow(() -> severalOf(report))).plan(facts);
  }

  private FilePresent file(Suspect culprit) {
    return new FilePresent(path)
        .content(
            ReportLine.of(
                label(),
                culprit.actor(),
                culprit.grant().roleName(),
                culprit.grant().bindingName()));
  }

  private StepRefusedException severalOf(AuditReport report) {
    return new StepRefusedException(
        label(),
        "at least two did just as much in "
            + report.namespace()
            + ": "
            + AuditSentence.of(report.suspects().get(0))
            + "; and "
            + AuditSentence.of(report.suspects().get(1)),
        "narrow the search by resources(..) or verbs(..), or wait until the log tells more");
  }

  @Override
  public List<String> warnings(Facts facts) {
    return reportIfKnown(facts)
        .map(report -> AuditSentence.warnings(search, report))
        .orElse(List.of());
  }

  @Override
  public List<Finding> findings(Facts facts) {
    return reportIfKnown(facts)
        .filter(report -> !report.suspects().isEmpty())
        .map(report -> List.of(report.finding()))
        .orElse(List.of());
  }

  private Optional<AuditReport> reportIfKnown(Facts facts) {
    try {
      return Optional.of(search.report(facts));
    } catch (UnknownFactException | FailedFactException unknown) {
      return Optional.empty();
    }
  }
}

package dev.belay.core.builtin.kube.incident;

import dev.belay.core.builtin.log.LogAnswer;
import dev.belay.core.builtin.log.LogPart;
import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;

/**
 * What one part of an audit log tells. The host sends only lines that can matter; they are read as
 * a stream.
 *
 * @param part which lines
 * @param search what is looked for
 */
public record AuditPartFact(LogPart part, AuditSearch search) implements Fact<AuditReport> {

  @Override
  public String question() {
    return part.question(search.filter());
  }

  @Override
  public AuditReport parse(Answer answer) {
    AuditTally tally = new AuditTally(search);
    LogAnswer.read(part, answer, new AuditLines(tally));
    return tally.report();
  }

  @Override
  public String toString() {
    return "audit log " + part;
  }
}

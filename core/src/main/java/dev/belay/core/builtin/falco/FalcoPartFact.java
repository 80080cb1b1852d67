package dev.belay.core.builtin.falco;

import dev.belay.core.builtin.log.LogAnswer;
import dev.belay.core.builtin.log.LogPart;
import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;

/**
 * What one part of Falco's log tells.
 *
 * @param part which lines
 * @param wanted which alerts
 */
public record FalcoPartFact(LogPart part, Wanted wanted) implements Fact<FalcoReport> {

  @Override
  public String question() {
    return part.question(wanted.filter());
  }

  @Override
  public FalcoReport parse(Answer answer) {
    FalcoTally tally = new FalcoTally(wanted);
    LogAnswer.read(part, answer, tally);
    return tally.report();
  }

  @Override
  public String toString() {
    return "Falco log " + part;
  }
}

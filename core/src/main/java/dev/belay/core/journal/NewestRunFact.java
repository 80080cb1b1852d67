package dev.belay.core.journal;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;
import java.util.List;
import java.util.Optional;

/**
 * The run that a host began last, as far as it keeps its journal; none when it keeps no journal.
 */
public record NewestRunFact() implements Fact<Optional<RunsFact.Run>> {

  @Override
  public String question() {
    return "b_newest";
  }

  @Override
  public Optional<RunsFact.Run> parse(Answer answer) {
    List<RunsFact.Run> runs = new RunsFact().parse(answer);
    return runs.stream().findFirst();
  }

  @Override
  public String toString() {
    return "newest run";
  }
}

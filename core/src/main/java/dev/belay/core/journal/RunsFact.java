package dev.belay.core.journal;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;
import java.util.ArrayList;
import java.util.List;

/** The runs of which a host keeps a journal, oldest first. */
public record RunsFact() implements Fact<List<RunsFact.Run>> {

  /**
   * A run as its journal tells it.
   *
   * @param run identifier
   * @param state as {@link Journal} names them
   * @param changes how many changes were made
   * @param header what the journal says of the run
   */
  public record Run(String run, String state, int changes, JournalHeader header) {}

  @Override
  public String question() {
    return "b_runs";
  }

  @Override
  public List<Run> parse(Answer answer) {
    List<Run> runs = new ArrayList<>();
    ByteCursor cursor = new ByteCursor(answer.out());
    while (!cursor.atEnd()) {
      String[] head = cursor.words();
      runs.add(
          new Run(
              head[0],
              head[1],
              Integer.parseInt(head[2]),
              JournalJson.read(cursor.text(head[3]), JournalHeader.class)));
    }
    return runs;
  }

  @Override
  public String toString() {
    return "runs";
  }
}

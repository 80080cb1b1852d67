package dev.belay.core.journal;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;
import java.util.LinkedHashMap;
import java.util.Map;

/** The handlers that earlier runs owe the host: name, and the script that pays, maybe empty. */
public record DebtsFact() implements Fact<Map<String, String>> {

  @Override
  public String question() {
    return "b_debts";
  }

  @Override
  public Map<String, String> parse(Answer answer) {
    Map<String, String> debts = new LinkedHashMap<>();
    ByteCursor cursor = new ByteCursor(answer.out());
    while (!cursor.atEnd()) {
      String[] head = cursor.words();
      debts.put(cursor.text(head[0]), cursor.text(head[1]));
    }
    return debts;
  }

  @Override
  public String toString() {
    return "owed handlers";
  }
}

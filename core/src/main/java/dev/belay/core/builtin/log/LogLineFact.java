package dev.belay.core.builtin.log;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;
import dev.belay.core.remote.Sh;
import java.util.stream.Collectors;

/**
 * Whether one of the last 5000 lines of a log is as wanted; no where there is no log.
 *
 * @param line the line
 */
public record LogLineFact(LogLine line) implements Fact<Boolean> {

  @Override
  public String question() {
    return look(line);
  }

  /** Returns shell text that succeeds when the line is there. */
  static String look(LogLine line) {
    String not =
        line.without().stream()
            .map(text -> "*" + Sh.quote(text) + "*) ;; ")
            .collect(Collectors.joining());
    StringBuilder yes = new StringBuilder("echo seen; break");
    for (int i = line.with().size() - 1; i >= 0; i--) {
      String text = Sh.quote(line.with().get(i));
      yes = new StringBuilder("case $B_L in *" + text + "*) " + yes + " ;; esac");
    }
    return "[ \"$(tail -n 5000 -- "
        + Sh.quote(line.log())
        + " 2>/dev/null | while IFS= read -r B_L; do case $B_L in "
        + not
        + "*) "
        + yes
        + " ;; esac; done)\" = seen ]";
  }

  @Override
  public Boolean parse(Answer answer) {
    return answer.exit() == 0;
  }

  @Override
  public String toString() {
    return "a line of " + line.log();
  }
}

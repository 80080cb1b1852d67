package dev.belay.core.journal;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.FailedFactException;

/** That the host has the programs of coreutils without which nothing can be read or kept. */
public record ToolsFact() implements Fact<Boolean> {

  @Override
  public String question() {
    return "b_tools";
  }

  @Override
  public Boolean parse(Answer answer) {
    String missing = answer.text().strip();
    if (answer.exit() != 0 || !missing.isEmpty()) {
      throw new FailedFactException(
          "the host lacks " + missing.replace(" ", ", "),
          "install coreutils (or busybox with these programs), or put them on the login's PATH");
    }
    return true;
  }

  @Override
  public String toString() {
    return "programs of coreutils";
  }
}

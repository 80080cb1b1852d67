package dev.belay.core.builtin.falco.rules;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;
import java.util.Optional;

/** Which Falco the host has; empty where there is none. */
public record FalcoVersionFact() implements Fact<Optional<FalcoVersion>> {

  @Override
  public String question() {
    return "! command -v falco >/dev/null 2>&1 || timeout 30 falco --version";
  }

  @Override
  public Optional<FalcoVersion> parse(Answer answer) {
    return FalcoVersion.printed(answer.text());
  }

  @Override
  public String toString() {
    return "version of Falco";
  }
}

package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import java.util.Map;

/** What file changes do to the facts: every name of the same place gets the new state. */
final class FileEffects {

  private FileEffects() {}

  static Facts put(Facts facts, FileState state) {
    Facts result =
        facts.with(new FileFact(state.at()), state).with(new FileFact(state.at(), false), state);
    for (Map.Entry<FileFact, FileState> known :
        facts.<FileState, FileFact>known(FileFact.class).entrySet()) {
      if (known.getValue().at().equals(state.at())) {
        result = result.with(known.getKey(), state);
      }
    }
    return FileConsequences.of(facts, state, result);
  }
}

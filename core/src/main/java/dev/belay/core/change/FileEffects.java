package dev.belay.core.change;

import dev.belay.core.fact.DirectoryFact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.FileFact;
import dev.belay.core.fact.FileState;
import dev.belay.core.fact.UserFact;
import dev.belay.core.remote.Content;
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
    if (state instanceof FileState.Directory
        && facts.knows(new FileFact(state.at()))
        && facts.get(new FileFact(state.at())) instanceof FileState.Absent) {
      result = withoutLostLinks(result, state);
    }
    return FileConsequences.of(facts, state, result);
  }

  /**
   * Returns the state of a directory that the user of the shell has made or set: root needs no
   * mode.
   */
  static FileState.Directory usable(FileState.Directory directory, Facts facts) {
    UserFact user = new UserFact();
    if (!facts.knows(user) || facts.get(user).root()) {
      return directory;
    }
    boolean writable = (directory.attributes().mode().bits() & 0300) == 0300;
    return new FileState.Directory(directory.at(), directory.attributes(), writable);
  }

  /** A link that led nowhere may lead somewhere once there is one more directory. */
  private static Facts withoutLostLinks(Facts facts, FileState made) {
    Facts result = facts;
    for (Map.Entry<FileFact, FileState> known :
        facts.<FileState, FileFact>known(FileFact.class).entrySet()) {
      if (known.getKey().follow() && known.getValue() instanceof FileState.Link lost) {
        result =
            result.doubting(
                (fact, value) -> fact instanceof FileFact file && leadsBy(file, value, lost),
                "the link " + lost.at() + " may lead elsewhere once there is " + made.at());
      }
    }
    return result;
  }

  private static boolean leadsBy(FileFact fact, Object value, FileState.Link link) {
    boolean itself = !fact.follow() && value instanceof FileState.Link;
    return fact.path().isWithin(link.at()) && !itself
        || value instanceof FileState state && state.at().isWithin(link.at()) && !itself;
  }

  /**
   * Returns the facts after a link is gone: nothing lies below its name any more, and of other
   * names that lead by some link it is not known whether they led by this one.
   */
  static Facts unlink(Facts facts, FileState.Link link) {
    FileState gone = new FileState.Absent(link.at());
    Facts result =
        facts.doubting(
            (fact, value) -> fact instanceof FileFact file && leadsBySome(file, value, link),
            "it may lead by the link " + link.at() + ", which is removed before");
    for (FileFact fact : facts.asked(FileFact.class)) {
      if (fact.path().isWithin(link.at())) {
        result = result.with(fact, new FileState.Absent(fact.path()));
      }
    }
    for (DirectoryFact fact : facts.asked(DirectoryFact.class)) {
      if (fact.path().isWithin(link.at())) {
        result = result.with(fact, Map.<String, Content>of());
      }
    }
    return put(result, gone);
  }

  private static boolean leadsBySome(FileFact fact, Object value, FileState.Link link) {
    return value instanceof FileState state
        && !state.at().equals(fact.path())
        && !state.at().equals(link.at());
  }
}

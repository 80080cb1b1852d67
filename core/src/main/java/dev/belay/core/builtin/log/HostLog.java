package dev.belay.core.builtin.log;

import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.remote.RemotePath;
import java.util.List;
import java.util.function.Function;

/**
 * A log on a host with all its rotated parts, and what each part is asked. Reads only.
 *
 * @param <T> what is known of one part
 * @param path where the log is written
 * @param ask the fact about one part
 */
public record HostLog<T>(RemotePath path, Function<LogPart, Fact<T>> ask) {

  /** Returns the facts that name the parts. */
  public List<Fact<?>> reads() {
    return List.of(new LogFileFact(path));
  }

  /** Returns the facts about the parts, once these are known. */
  public List<Fact<?>> followUps(Facts facts) {
    LogFileFact files = new LogFileFact(path);
    return facts.knows(files)
        ? facts.get(files).stream().<Fact<?>>map(ask::apply).toList()
        : List.of();
  }

  /**
   * Returns what is known of the parts, oldest first.
   *
   * @throws dev.belay.core.fact.UnknownFactException when there is no log yet
   * @throws dev.belay.core.fact.FailedFactException when a part cannot be read
   */
  public List<T> parts(Facts facts) {
    return facts.get(new LogFileFact(path)).stream()
        .map(part -> facts.get(ask.apply(part)))
        .toList();
  }
}

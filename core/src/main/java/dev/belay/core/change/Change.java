package dev.belay.core.change;

import dev.belay.core.fact.Facts;
import dev.belay.core.remote.Content;
import dev.belay.core.remote.KnownSecrets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing to be done to a host. A value: it says what it expects, how it is done as shell text,
 * how it is undone, and what it does to the facts. It does nothing by itself.
 */
public sealed interface Change permits Change.Reversible, Change.OneWay {

  /** A change that can be undone exactly; only such changes may stand in a guarded block. */
  sealed interface Reversible extends Change
      permits WriteFile,
          MakeDirectory,
          RemoveFile,
          SetAttributes,
          RestoreFile,
          InstallPackages,
          SetUnit,
          RestartUnit,
          DeleteObject,
          CreateObject,
          ReplaceObject,
          ScaleObject,
          Await,
          RunUndoableCommand {}

  /** A change that cannot be undone, and why. */
  sealed interface OneWay extends Change permits RunCommand, RunKept {

    /** Returns a sentence that says why there is no undo. */
    String whyNoUndo();
  }

  /** Returns what is done, in one line without secrets. */
  String summary();

  /** Returns what becomes different, for people to read. */
  List<Diff> diff();

  /** Returns the paths whose state is checked before, and kept for the undo. */
  default List<Touch> touches() {
    return List.of();
  }

  /**
   * Returns shell text that sees whether the host has what the change was planned for, where {@link
   * #touches()} cannot tell. It only reads; with status 75 nothing is changed, and its standard
   * error says what was found instead.
   */
  default Optional<String> expects() {
    return Optional.empty();
  }

  /** Returns POSIX shell text that performs the change with the functions of prelude.sh. */
  String perform();

  /**
   * Returns shell text that undoes what is not covered by putting back the {@link #touches()}. It
   * runs with {@code $B_DIR} set to the journal entry of the change.
   */
  default Optional<String> undo() {
    return Optional.empty();
  }

  /**
   * Tells whether the undo waits until everything else of the run is undone; a restart does, so
   * that the service reads what was put back.
   */
  default boolean undoneLast() {
    return false;
  }

  /** Tells whether an attempt that fails leaves nothing of the change behind. */
  default boolean whole() {
    return false;
  }

  /** Tells whether {@link #undo} runs a command of the author's, which may alter any path. */
  default boolean undoneByCommand() {
    return false;
  }

  /**
   * Tells whether it writes, hands over or shows what must not be seen; a journal then keeps no
   * plain digest of it, and a plan none at all.
   */
  default boolean secret() {
    return diff().stream()
            .flatMap(
                diff ->
                    diff instanceof Diff.Text text
                        ? Stream.concat(text.before().stream(), text.after().stream())
                        : Stream.empty())
            .anyMatch(Content::secret)
        || KnownSecrets.any() && KnownSecrets.areIn(perform());
  }

  /** Returns what is known of the host once the change is made. Pure. */
  Facts effect(Facts before);

  /** Tells whether {@link #effect} says all: if not, the host is asked again before going on. */
  default boolean predictable() {
    return true;
  }

  /** Returns why it is not certain that the change will be needed; empty when it is. */
  default Optional<String> doubt() {
    return Optional.empty();
  }

  /** Returns the longest time it may take. */
  default Duration deadline() {
    return Duration.ofMinutes(1);
  }
}

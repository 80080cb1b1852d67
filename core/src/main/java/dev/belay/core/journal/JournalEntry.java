package dev.belay.core.journal;

import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import java.util.List;
import java.util.Optional;

/**
 * One change as the journal of a host keeps it.
 *
 * @param place directory of the entry on the host
 * @param intent what was to be done
 * @param undo script that undoes what putting back the paths does not; empty when there is none
 * @param done whether the change is known to be made; if not, it may be made or half made
 * @param paths what it alters
 */
public record JournalEntry(
    RemotePath place,
    JournalIntent intent,
    Optional<String> undo,
    boolean done,
    List<KeptPath> paths) {

  /** Copies the list. */
  public JournalEntry {
    paths = List.copyOf(paths);
  }

  /**
   * A path that a change alters.
   *
   * @param path which
   * @param copy where the journal keeps what was there
   * @param before signature of what was there
   * @param after signature of what the change puts there; of a secret with a salted digest of the
   *     digest, {@code SALT.DIGEST}, as {@code b_veil} in {@code prelude.sh} makes it
   * @param now signature of what is there as the journal is read
   * @param kept content that was there; empty when there was no file or it is large
   * @param found content that is there as the journal is read; empty likewise
   */
  public record KeptPath(
      RemotePath path,
      RemotePath copy,
      String before,
      String after,
      String now,
      Optional<Content> kept,
      Optional<Content> found) {

    /** Returns it with the plain signature after, where that is what a given one shows. */
    KeptPath unveiled(String seen) {
      int at = after.lastIndexOf(' ') + 1;
      int dot = after.indexOf('.', at);
      if (!after.startsWith("f ") || !seen.startsWith("f ") || dot < 0) {
        return this;
      }
      String digest = seen.substring(seen.lastIndexOf(' ') + 1);
      String salted = Content.of(after.substring(at, dot) + digest).sha256();
      return salted.equals(after.substring(dot + 1))
          ? new KeptPath(path, copy, before, after.substring(0, at) + digest, now, kept, found)
          : this;
    }
  }
}

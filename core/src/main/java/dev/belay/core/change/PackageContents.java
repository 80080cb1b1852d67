package dev.belay.core.change;

import dev.belay.core.fact.FileState;
import dev.belay.core.remote.RemotePath;
import java.util.Map;

/**
 * What packages bring, as far as it can be known before they are installed. What their dependencies
 * bring and their scripts make is not looked at.
 *
 * @param seen what will lie at each path that was looked up; {@link FileState.Absent} where the
 *     packages have nothing
 * @param unseen why nothing can be said of the other paths, a clause such as {@code it may come
 *     with package falco}
 */
public record PackageContents(Map<RemotePath, FileState> seen, String unseen) {

  /** Copies the map. */
  public PackageContents {
    seen = Map.copyOf(seen);
  }

  /** Returns contents of which nothing is known, for a reason. */
  public static PackageContents unknown(String reason) {
    return new PackageContents(Map.of(), reason);
  }
}

package dev.belay.core.change;

import dev.belay.core.fact.FileState;
import dev.belay.core.remote.RemotePath;

/**
 * A path that a change alters, with what must lie there before and what will lie there after. The
 * host refuses the change when it finds something else, and keeps a copy for the undo.
 *
 * @param path the file itself, links resolved
 * @param before {@link FileState#signature()} before
 * @param after {@link FileState#signature()} after
 */
public record Touch(RemotePath path, String before, String after) {

  /** Returns the touch that leads from one state to another at the first one's place. */
  public static Touch of(FileState before, FileState after) {
    return new Touch(before.at(), before.signature(), after.signature());
  }

  /** Returns a signature without the digest of what the file holds. */
  public static String withoutContent(String signature) {
    return signature.startsWith("f ")
        ? signature.substring(0, signature.lastIndexOf(' '))
        : signature;
  }
}

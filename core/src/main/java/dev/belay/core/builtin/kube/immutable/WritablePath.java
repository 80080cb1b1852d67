package dev.belay.core.builtin.kube.immutable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A directory that stays writable in a container, as an empty volume of its own: what the image has
 * there is hidden, and what is written there goes with the pod.
 *
 * @param container in which container; empty for all of the pod, each with a volume of its own
 * @param path absolute, not the root itself
 */
public record WritablePath(Optional<String> container, String path) {

  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_@+=,-][A-Za-z0-9._@+=,-]*)+");
  private static final int HASH = 10;

  /** Checks the path: plain characters, no dots at the beginning of a name but for hidden ones. */
  public WritablePath {
    if (!PATH.matcher(path.replace("/.", "/")).matches()
        || path.matches(".*/\\.{1,2}(/.*)?")
        || path.length() > 200) {
      throw new IllegalArgumentException(
          "a writable path is absolute, not / itself, and of plain characters; got " + path);
    }
  }

  /** Tells whether a container gets it. */
  boolean isFor(String name) {
    return container.isEmpty() || container.get().equals(name);
  }

  /** Returns the name of the volume, the same in every run. */
  String volume(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((name + ":" + path).getBytes(StandardCharsets.UTF_8));
      return "writable-" + HexFormat.of().formatHex(digest).substring(0, HASH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM knows SHA-256", impossible);
    }
  }
}

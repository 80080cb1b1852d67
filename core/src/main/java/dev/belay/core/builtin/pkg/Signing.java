package dev.belay.core.builtin.pkg;

import dev.belay.core.remote.RemotePath;

/** How apt knows that a repository's packages are genuine. */
public sealed interface Signing permits ArchiveKey, Signing.Keyring, Signing.None {

  /**
   * By a key file that the host has already.
   *
   * @param path the file, its name ending in {@code .asc} or {@code .gpg}
   */
  record Keyring(RemotePath path) implements Signing {
    /** Checks the name, by which apt tells the format. */
    public Keyring {
      if (!path.name().matches("[^\\s\\]]+\\.(asc|gpg)") || path.value().matches(".*[\\s\\]].*")) {
        throw new IllegalArgumentException(
            "apt wants a key file whose name ends in .asc or .gpg, got " + path);
      }
    }
  }

  /** Not at all: whoever answers for the repository may install anything. */
  record None() implements Signing {}
}

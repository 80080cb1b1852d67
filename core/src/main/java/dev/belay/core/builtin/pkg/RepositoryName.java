package dev.belay.core.builtin.pkg;

import dev.belay.core.remote.Content;
import dev.belay.core.remote.RemotePath;
import java.util.List;

/**
 * A repository of which only the name is said.
 *
 * @param name name of the file in {@code /etc/apt/sources.list.d}, without {@code .list}
 */
public record RepositoryName(String name) {

  /** Checks the name: apt ignores files with other characters in their names. */
  public RepositoryName {
    if (!name.matches("[a-z0-9][a-z0-9._-]{0,80}") || name.endsWith(".list")) {
      throw new IllegalArgumentException(
          "a repository's name has lower-case letters, digits and ._- and no ending, got \""
              + name
              + "\"");
    }
  }

  /** Returns the repository at this address, still without a key. */
  public WithoutKey from(String uri, String suite, String... components) {
    return new WithoutKey(name, new AptSource(uri, suite, List.of(components)));
  }

  /**
   * A repository of which nobody has said how its packages are known to be genuine.
   *
   * @param name its name
   * @param source its address
   */
  public record WithoutKey(String name, AptSource source) {

    /** Returns the repository signed with this key, armored text or binary. */
    public AptRepository signedBy(Content key) {
      return new AptRepository(name, source, new ArchiveKey(key));
    }

    /** Returns the repository signed with this armored key. */
    public AptRepository signedBy(String armoredKey) {
      return signedBy(Content.of(armoredKey));
    }

    /** Returns the repository signed with a key that the host has in this file. */
    public AptRepository signedByKeyring(String path) {
      return new AptRepository(name, source, new Signing.Keyring(RemotePath.of(path)));
    }

    /** Returns the repository taken as it is; only for a repository on the host itself. */
    public AptRepository unsigned() {
      return new AptRepository(name, source, new Signing.None());
    }
  }
}

package dev.belay.core.inventory;

import java.nio.file.Path;

/**
 * A private key file on the machine belay runs on, as the inventory names it.
 *
 * @param raw the text of the inventory; may start with {@code ~/}
 */
public record IdentityFile(String raw) {

  /** Refuses an empty name. */
  public IdentityFile {
    if (raw.isBlank()) {
      throw new IllegalArgumentException("a private key file needs a name");
    }
  }

  /** Returns the path with a leading {@code ~} replaced by the system property user.home. */
  public Path path() {
    return path(Path.of(System.getProperty("user.home")));
  }

  /**
   * Returns the path with a leading {@code ~} replaced by {@code home}.
   *
   * <p>A relative path stays relative; {@code ~name/} is not resolved.
   */
  public Path path(Path home) {
    if (raw.equals("~")) {
      return home;
    }
    return raw.startsWith("~/") ? home.resolve(raw.substring(2)) : Path.of(raw);
  }

  /** Returns the raw text. */
  @Override
  public String toString() {
    return raw;
  }
}

package dev.belay.core.builtin.pkg;

import java.util.List;

/**
 * Packages by name, whose state is not yet said.
 *
 * @param names names as dpkg knows them, such as {@code falco} or {@code libc6:i386}
 */
public record PackageNames(List<String> names) {

  /**
   * Copies and checks the names. Debian policy 5.6.1 allows lower-case letters, digits and {@code
   * +-.}; a final {@code -} or a {@code =} means something else to apt-get.
   */
  public PackageNames {
    names = names.stream().distinct().toList();
    if (names.isEmpty()) {
      throw new IllegalArgumentException("name at least one package");
    }
    for (String name : names) {
      if (!name.matches("[a-z0-9][a-z0-9+.-]*[a-z0-9+.](:[a-z0-9-]+)?")) {
        throw new IllegalArgumentException(
            "not the name of a Debian package: \""
                + name
                + "\"; write it in lower case, without a version");
      }
    }
  }

  /** Names some packages. */
  public static PackageNames of(String... names) {
    return new PackageNames(List.of(names));
  }

  /** Returns the step that keeps them installed, in whatever version. */
  public Packages installed() {
    return new Packages(names);
  }
}

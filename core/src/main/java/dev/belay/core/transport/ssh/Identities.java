package dev.belay.core.transport.ssh;

import dev.belay.core.transport.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses the private key files to log in with. */
final class Identities {

  private Identities() {}

  /**
   * Returns the files that the target names, or those usual ones that exist.
   *
   * @throws UnreachableException when there is none
   */
  static List<Path> of(SshTarget target) {
    if (!target.identities().isEmpty()) {
      return target.identities();
    }
    List<Path> usual = target.keys().identityFiles().isEmpty() ? usual() : List.of();
    List<Path> there = usual.stream().filter(Files::exists).toList();
    if (there.isEmpty()) {
      throw new UnreachableException(
          target.place()
              + ": there is no private key to log in with; looked for "
              + usual.stream().map(Path::toString).collect(Collectors.joining(", ")),
          "Name a private key, or make one: ssh-keygen -t ed25519",
          null);
    }
    return there;
  }

  private static List<Path> usual() {
    Path folder = Path.of(System.getProperty("user.home"), ".ssh");
    return Stream.of("id_ed25519", "id_ecdsa", "id_rsa").map(folder::resolve).toList();
  }
}

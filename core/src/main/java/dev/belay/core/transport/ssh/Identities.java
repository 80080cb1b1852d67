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

  /** Returns the files that the target names, or those usual ones that exist. */
  static List<Path> of(SshTarget target) {
    return target
        .keys()
        .identityFiles()
        .orElseGet(() -> usual().stream().filter(Files::exists).toList());
  }

  /**
   * Returns the error for a target that there is no key for.
   *
   * @param files the files that were looked at
   * @param agent what is to be said of the agent
   */
  static UnreachableException none(SshTarget target, List<Path> files, String agent) {
    List<Path> looked = files.isEmpty() ? usual() : files;
    return new UnreachableException(
        target.place()
            + ": there is no private key to log in with; looked for "
            + looked.stream().map(Path::toString).collect(Collectors.joining(", "))
            + "; "
            + agent,
        "Name a private key, load it into the agent with ssh-add, or make one: ssh-keygen -t"
            + " ed25519",
        null);
  }

  private static List<Path> usual() {
    Path folder = Path.of(System.getProperty("user.home"), ".ssh");
    return Stream.of("id_ed25519", "id_ecdsa", "id_rsa").map(folder::resolve).toList();
  }
}

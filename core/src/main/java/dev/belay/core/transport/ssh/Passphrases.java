package dev.belay.core.transport.ssh;

import dev.belay.core.remote.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Asks for the passphrase of an encrypted private key. */
@FunctionalInterface
public interface Passphrases {

  /** Knows no passphrase; for runs that nobody watches. */
  Passphrases NONE = (keyFile, attempt) -> Optional.empty();

  /**
   * Returns the passphrase, or empty when there is nobody to ask.
   *
   * <p>It is asked once for each connection, on several threads at once where several hosts are
   * connected to: whoever answers by asking a person has to remember the answer.
   *
   * @param keyFile the private key file
   * @param attempt 1 at first, 2 and 3 after a wrong passphrase
   */
  Optional<Secret> passphrase(Path keyFile, int attempt);
}

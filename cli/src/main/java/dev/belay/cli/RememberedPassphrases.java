package dev.belay.cli;

import dev.belay.core.remote.Secret;
import dev.belay.core.transport.ssh.Passphrases;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks for each key's passphrase once, however many hosts need it at one time. */
final class RememberedPassphrases implements Passphrases {

  private record Answer(int attempt, Secret secret) {}

  private final Terminal terminal;
  private final Map<Path, Answer> answers = new HashMap<>();

  RememberedPassphrases(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized Optional<Secret> passphrase(Path keyFile, int attempt) {
    Answer known = answers.get(keyFile);
    if (known != null && known.attempt() >= attempt) {
      return Optional.of(known.secret());
    }
    String again = attempt > 1 ? " (the last one was wrong)" : "";
    Optional<Secret> typed = terminal.askSecret("Passphrase of " + keyFile + again + ": ");
    typed.ifPresent(secret -> answers.put(keyFile, new Answer(attempt, secret)));
    return typed;
  }
}

package dev.belay.cli;

import dev.belay.core.remote.Secret;
import dev.belay.core.secret.VaultKeys;
import dev.belay.dsl.secret.SecretUnreadableException;
import dev.belay.dsl.secret.VaultPasswords;

/** The passwords of Ansible Vault that the options give. */
final class VaultFlags {

  private VaultFlags() {}

  /**
   * Returns what was given before the playbook was started, else reads the files of the options and
   * of the environment, and asks where {@code -J} says so.
   *
   * @throws ComplaintException when a file cannot be read, or nobody can be asked
   */
  static VaultKeys keys(Invocation options, Terminal terminal) {
    return VaultPasswords.given().orElseGet(() -> read(options, terminal));
  }

  private static VaultKeys read(Invocation options, Terminal terminal) {
    VaultKeys keys;
    try {
      keys = VaultPasswords.of(options.vaultPasswordFiles());
    } catch (SecretUnreadableException unreadable) {
      throw ComplaintException.usage(
          "the password of the vault cannot be read",
          "a file with a password, or a program that prints one",
          unreadable.got(),
          unreadable.advice(),
          unreadable);
    }
    return options.has(Flag.ASK_VAULT_PASS) ? keys.and(ask(terminal)) : keys;
  }

  private static Secret ask(Terminal terminal) {
    return terminal
        .askSecret("Password of the vault: ")
        .filter(typed -> !typed.reveal().isEmpty())
        .orElseThrow(
            () ->
                ComplaintException.refused(
                    "nobody gives the password of the vault",
                    "a terminal, for -J, and a password",
                    "input or output that is a pipe or a file, or an empty line",
                    "run it at a terminal, or use --vault-password-file"));
  }
}

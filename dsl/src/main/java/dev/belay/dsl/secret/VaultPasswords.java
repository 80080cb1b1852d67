package dev.belay.dsl.secret;

import dev.belay.core.secret.VaultKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The passwords of Ansible Vault that this process knows: those that the {@code belay} command was
 * given by its options, else those of the files that {@code ANSIBLE_VAULT_PASSWORD_FILE} or {@code
 * BELAY_VAULT_PASSWORD_FILE} name.
 *
 * <p>A playbook with a main of its own is built before its options are read: there only the
 * environment counts.
 */
public final class VaultPasswords {

  private static final List<String> VARIABLES =
      List.of("ANSIBLE_VAULT_PASSWORD_FILE", "BELAY_VAULT_PASSWORD_FILE");

  private static volatile Optional<VaultKeys> given = Optional.empty();

  private VaultPasswords() {}

  /** Notes what the command was given; empty to forget it. */
  public static void give(Optional<VaultKeys> keys) {
    given = keys;
  }

  /** Returns what the command was given, if it was. */
  public static Optional<VaultKeys> given() {
    return given;
  }

  /**
   * Returns the passwords to try.
   *
   * @throws SecretUnreadableException when a file of the environment cannot be read
   */
  public static VaultKeys known() {
    return given.orElseGet(() -> of(List.of()));
  }

  /**
   * Reads password files, and after them those of the environment. A file that may be executed is
   * run, and what it prints is the password, as with Ansible; blanks around a password do not
   * count.
   *
   * @throws SecretUnreadableException when one cannot be read, fails, or holds nothing
   */
  public static VaultKeys of(List<String> files) {
    List<String> all = new ArrayList<>(files);
    VARIABLES.stream()
        .map(System::getenv)
        .filter(name -> name != null && !name.isEmpty() && !all.contains(name))
        .forEach(all::add);
    return new VaultKeys(
        all.stream()
            .distinct()
            .map(file -> PasswordFile.read("the vault password file", file))
            .toList());
  }
}

package dev.belay.core.secret;

import dev.belay.core.remote.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The passwords that Ansible Vault texts are tried with, in order.
 *
 * @param passwords the passwords, none of them empty
 */
public record VaultKeys(List<Secret> passwords) {

  /** No password is known. */
  public static final VaultKeys NONE = new VaultKeys(List.of());

  /** Copies the list. */
  public VaultKeys {
    passwords = List.copyOf(passwords);
    if (passwords.stream().anyMatch(password -> password.reveal().isEmpty())) {
      throw new IllegalArgumentException("a password of Ansible Vault is empty");
    }
  }

  /** Returns these and more. */
  public VaultKeys and(Secret... more) {
    return new VaultKeys(
        new ArrayList<>(Stream.concat(passwords.stream(), Stream.of(more)).toList()));
  }
}

package dev.belay.dsl;

import dev.belay.core.remote.Secret;
import dev.belay.dsl.secret.SecretSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Secrets from where they are kept: {@code secret(env("DB_PASSWORD"))}. Each is read once, while
 * the playbook is built, before any host is touched.
 */
public final class Secrets {

  private Secrets() {}

  /**
   * Reads a secret.
   *
   * @throws dev.belay.dsl.secret.SecretUnreadableException naming the source, never the value
   */
  public static Secret secret(SecretSource source) {
    return source.read();
  }

  /** Names a variable of the environment. */
  public static SecretSource env(String variable) {
    return new SecretSource.Environment(variable);
  }

  /** Names a file on this machine; {@code ~/} stands for the home directory. */
  public static SecretSource fromFile(String path) {
    return new SecretSource.LocalFile(path);
  }

  /** Names a command on this machine that prints the secret, such as {@code pass show db}. */
  public static SecretSource fromCommand(String program, String... arguments) {
    return new SecretSource.Output(
        Stream.concat(Stream.of(program), Stream.of(arguments)).toList());
  }

  /** Names a question to whoever sits at the terminal, who types without echo. */
  public static SecretSource prompt(String question) {
    return new SecretSource.Prompt(question);
  }

  /**
   * Names a file that {@code age} encrypted, and a file of identities as {@code age-keygen} writes
   * it.
   */
  public static SecretSource age(String path, String identityFile) {
    return new SecretSource.AgeFile(path, Optional.of(identityFile), Optional.empty());
  }

  /** Names a file that {@code age --passphrase} encrypted, and where the passphrase comes from. */
  public static SecretSource age(String path, SecretSource passphrase) {
    return new SecretSource.AgeFile(path, Optional.empty(), Optional.of(passphrase));
  }

  /**
   * Names a file with Ansible Vault texts, and the keys that lead to a value of its YAML; without
   * keys the whole plain text is meant. The passwords are those of {@code --vault-password-file},
   * {@code --ask-vault-pass} and {@code ANSIBLE_VAULT_PASSWORD_FILE}.
   */
  public static SecretSource vault(String path, String... keys) {
    return new SecretSource.VaultFile(path, List.of(keys));
  }
}

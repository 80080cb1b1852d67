package dev.belay.dsl.secret;

import dev.belay.core.remote.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Where a secret comes from. Names no value; reading it does all that has to be done, such as
 * asking somebody. A source that is equal to one that was read before is not read again.
 */
public sealed interface SecretSource {

  /** Returns the source in words, for messages: {@code the variable DB_PASSWORD}. */
  String words();

  /**
   * Returns the secret. A single line comes without its line end; of several lines all stays, since
   * a private key needs its last line end.
   *
   * @throws SecretUnreadableException when the source gives none, or one of less than four
   *     characters, which could not be masked in a text
   */
  default Secret read() {
    return SecretReading.of(this);
  }

  /**
   * A variable of this process's environment.
   *
   * @param name its name
   */
  record Environment(String name) implements SecretSource {
    @Override
    public String words() {
      return "the environment variable " + name;
    }
  }

  /**
   * A file on this machine, in UTF-8.
   *
   * @param path its path; {@code ~/} stands for the home directory
   */
  record LocalFile(String path) implements SecretSource {
    @Override
    public String words() {
      return "the file " + path;
    }
  }

  /**
   * What a command on this machine prints, such as {@code pass show db}. It may ask at the
   * terminal; its standard error is that of this process. It is given five minutes.
   *
   * @param argv the command and its arguments; no shell of its own
   */
  record Output(List<String> argv) implements SecretSource {
    /** Copies the list. */
    public Output {
      argv = List.copyOf(argv);
      if (argv.isEmpty() || argv.get(0).isBlank()) {
        throw new IllegalArgumentException("a command line begins with a program");
      }
    }

    @Override
    public String words() {
      return "the command " + String.join(" ", argv);
    }
  }

  /**
   * Somebody at the terminal, who types without echo.
   *
   * @param question what is asked, without colon
   */
  record Prompt(String question) implements SecretSource {
    @Override
    public String words() {
      return "the question \"" + question + "\"";
    }
  }

  /**
   * A file that {@code age} encrypted, armored or not.
   *
   * @param path its path
   * @param identity file of identities, as {@code age-keygen} writes it; empty for a passphrase
   * @param passphrase where the passphrase comes from; empty for an identity
   */
  record AgeFile(String path, Optional<String> identity, Optional<SecretSource> passphrase)
      implements SecretSource {
    /** Checks that there is one of both. */
    public AgeFile {
      if (identity.isPresent() == passphrase.isPresent()) {
        throw new IllegalArgumentException("an age file is opened by identities or a passphrase");
      }
    }

    @Override
    public String words() {
      return "the age file " + path;
    }
  }

  /**
   * A file with Ansible Vault texts, decrypted with the passwords of {@link VaultPasswords}.
   *
   * @param path its path
   * @param keys names that lead to a value of its YAML; empty for the whole plain text
   */
  record VaultFile(String path, List<String> keys) implements SecretSource {
    /** Copies the list. */
    public VaultFile {
      keys = List.copyOf(keys);
    }

    @Override
    public String words() {
      return (keys.isEmpty() ? "" : String.join(".", keys) + " in ") + "the vault " + path;
    }
  }
}

package dev.belay.dsl.secret;

import dev.belay.core.remote.Secret;
import dev.belay.core.secret.VaultRefusedException;
import dev.belay.core.secret.VaultVariables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads sources, each once in the life of the process. */
final class SecretReading {

  private static final int SHORTEST = 4;
  private static final Map<SecretSource, Secret> READ = new ConcurrentHashMap<>();

  private SecretReading() {}

  /** One at a time, so that two questions do not mix. */
  static synchronized Secret of(SecretSource source) {
    Secret known = READ.get(source);
    if (known == null) {
      known = checked(source, text(source, bytes(source)));
      READ.put(source, known);
    }
    return known;
  }

  private static byte[] bytes(SecretSource source) {
    if (source instanceof SecretSource.Environment variable) {
      return environment(variable);
    }
    if (source instanceof SecretSource.LocalFile file) {
      return file(source, file.path());
    }
    if (source instanceof SecretSource.Output command) {
      return LocalCommand.output(source, command.argv());
    }
    if (source instanceof SecretSource.Prompt prompt) {
      return Question.ask(prompt).reveal().getBytes(StandardCharsets.UTF_8);
    }
    return source instanceof SecretSource.AgeFile age
        ? age(age)
        : vault((SecretSource.VaultFile) source);
  }

  private static byte[] environment(SecretSource.Environment variable) {
    String value = System.getenv(variable.name());
    if (value == null) {
      throw new SecretUnreadableException(
          variable, "it is not set", "export " + variable.name() + ", then run again", null);
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] file(SecretSource source, String path) {
    try {
      return Files.readAllBytes(place(path));
    } catch (IOException unreadable) {
      throw new SecretUnreadableException(
          source, unreadable.toString(), "correct the path or the permissions", unreadable);
    }
  }

  static Path place(String path) {
    return path.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), path.substring(2))
        : Path.of(path);
  }

  private static byte[] age(SecretSource.AgeFile age) {
    byte[] sealed = file(age, age.path());
    try {
      return age.identity().isPresent()
          ? AgeReading.withIdentities(sealed, identities(age))
          : AgeReading.withPassphrase(sealed, age.passphrase().orElseThrow().read());
    } catch (GeneralSecurityException | IOException | IllegalArgumentException refused) {
      // The cause's words may hold a piece of a key: its type is all that is told.
      throw new SecretUnreadableException(
          age,
          "age's format or key does not fit (" + refused.getClass().getSimpleName() + ")",
          "try age --decrypt by hand; for keys of ssh or plugins read it with a command: age -d -i",
          null);
    }
  }

  private static String identities(SecretSource.AgeFile age) {
    return text(age, file(age, age.identity().orElseThrow()));
  }

  private static byte[] vault(SecretSource.VaultFile vault) {
    try {
      return VaultVariables.value(file(vault, vault.path()), VaultPasswords.known(), vault.keys());
    } catch (VaultRefusedException refused) {
      throw new SecretUnreadableException(vault, refused.getMessage(), refused.advice(), null);
    }
  }

  private static String text(SecretSource source, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String line = text.replaceFirst("\\r?\\n\\z", "");
      return line.indexOf('\n') < 0 ? line : text;
    } catch (CharacterCodingException notText) {
      throw new SecretUnreadableException(
          source,
          "it is no text in UTF-8",
          "bytes of a file can be written as they are: content(localFile(PATH).asSecret())",
          null);
    }
  }

  private static Secret checked(SecretSource source, String value) {
    int length = value.strip().length();
    if (length < SHORTEST) {
      throw new SecretUnreadableException(
          source,
          length == 0
              ? "it is empty"
              : "it has less than " + SHORTEST + " characters, which no mask can hide in a text",
          "put the value there, or a longer one",
          null);
    }
    return Secret.of(value);
  }
}

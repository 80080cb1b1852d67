package dev.belay.dsl.secret;

import dev.belay.core.remote.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file with a password, or a program that prints one, as Ansible has them: a file that may be
 * executed is run.
 */
public final class PasswordFile {

  private PasswordFile() {}

  /**
   * Reads the password; blanks around it do not count.
   *
   * @param kind what the file is, in words
   * @param file its path; {@code ~/} stands for the home directory
   * @throws SecretUnreadableException when it cannot be read, fails, or holds nothing
   */
  public static Secret read(String kind, String file) {
    Path path = SecretReading.place(file);
    String source = kind + " " + file;
    byte[] bytes;
    try {
      bytes =
          Files.isRegularFile(path) && Files.isExecutable(path)
              ? LocalCommand.output(source, List.of(path.toAbsolutePath().toString()))
              : Files.readAllBytes(path);
    } catch (IOException unreadable) {
      throw new SecretUnreadableException(
          source, unreadable.toString(), "correct the path or the permissions", unreadable);
    }
    String password = new String(bytes, StandardCharsets.UTF_8).strip();
    if (password.isEmpty()) {
      throw new SecretUnreadableException(
          source, "it is empty", "write the password into it, or let it print it", null);
    }
    return Secret.of(password);
  }
}

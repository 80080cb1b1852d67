package dev.belay.core.builtin.log;

import dev.belay.core.fact.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Asks questions of a shell of this machine, with all of its programs or only some. */
public final class LocalShell {

  private final List<String> shell;
  private final Path temp;
  private final String path;

  private LocalShell(String shell, Path temp, String path) {
    this.shell = List.of(shell.split(" "));
    this.temp = temp;
    this.path = path;
  }

  /** Returns a shell, such as {@code busybox ash}; {@code temp} is for what it prints. */
  public static LocalShell of(String shell, Path temp) {
    return new LocalShell(shell, temp, System.getenv("PATH"));
  }

  /** Returns the shell on a host that has these programs and no others. */
  public LocalShell having(String... programs) {
    try {
      Path bin = Files.createTempDirectory(temp, "bin");
      for (String program : programs) {
        Path script = bin.resolve(program);
        Files.writeString(script, "#!/bin/sh\nexec /usr/bin/" + program + " \"$@\"\n");
        if (!script.toFile().setExecutable(true)) {
          throw new IllegalStateException("cannot make " + script + " executable");
        }
      }
      return new LocalShell("/bin/" + String.join(" ", shell), temp, bin.toString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Returns what the question is answered with, within a minute. */
  public Answer ask(String question) {
    try {
      Path out = temp.resolve("out");
      Path err = temp.resolve("err");
      List<String> command = new ArrayList<>(shell);
      command.addAll(List.of("-c", "LC_ALL=C; export LC_ALL; PATH=" + path + "\n" + question));
      Process process =
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            String.format(Locale.ROOT, "%s did not end on %s", shell, question));
      }
      return new Answer(
          process.exitValue(),
          Files.readAllBytes(out),
          Files.readString(err, StandardCharsets.UTF_8).strip());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a shell was asked", stopped);
    }
  }
}

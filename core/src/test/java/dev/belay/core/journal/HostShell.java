package dev.belay.core.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the functions that a resident shell has, with stand-ins for programs of the host. */
final class HostShell {

  /** What a script gave. */
  record Result(int exit, String out, String err) {}

  private static final List<String> PARTS =
      List.of(
          "prelude.sh",
          "journal.sh",
          "job.sh",
          "debian.sh",
          "units.sh",
          "kube.sh",
          "object.sh",
          "immutable.sh",
          "manifest.sh",
          "apiserver.sh",
          "health.sh");

  private final List<String> shell;
  private final Path home;

  HostShell(String shell, Path home) {
    this.shell = List.of(shell.split(" "));
    this.home = home;
    try {
      Files.createDirectories(home.resolve("bin"));
      Files.createDirectories(home.resolve("entry"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Puts a stand-in program before all others; {@code $HOME} in it is this shell's directory. */
  HostShell program(String name, String script) {
    try {
      Path file = home.resolve("bin").resolve(name);
      Files.writeString(file, "#!/bin/sh\n" + script + "\n");
      if (!file.toFile().setExecutable(true)) {
        throw new IllegalStateException("cannot make " + file + " executable");
      }
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Runs a script with {@code $B_DIR} set, for at most half a minute. */
  Result run(String script) {
    try {
      Path out = home.resolve("out");
      Path err = home.resolve("err");
      // In a file: an argument of a program is at most 128 KiB long.
      Path program = Files.createTempFile("belay", ".sh");
      Files.writeString(program, functions() + script);
      ProcessBuilder builder =
          new ProcessBuilder(Stream.concat(shell.stream(), Stream.of(program.toString())).toList());
      builder.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
      builder.environment().put("HOME", home.toString());
      builder.environment().put("LC_ALL", "C");
      builder.environment().put("B_DIR", home.resolve("entry").toString());
      Process process =
          builder
              .redirectInput(new java.io.File("/dev/null"))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean ended = process.waitFor(30, TimeUnit.SECONDS);
      Files.delete(program);
      if (!ended) {
        process.destroyForcibly();
        throw new IllegalStateException("the script did not end: " + script);
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + script, stopped);
    }
  }

  /** Returns the text of a file that a script left in this shell's directory. */
  String file(String name) {
    try {
      return Files.readString(home.resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String functions() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : PARTS) {
      try (InputStream in = HostShell.class.getResourceAsStream(name)) {
        all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
      }
    }
    return all.toString();
  }
}

package dev.belay.core.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A shell of this machine, so that framing is tried without a network. */
final class LocalProcess implements ShellProcess {

  private final Process process;

  private LocalProcess(Process process) {
    this.process = process;
  }

  /**
   * Returns a launcher whose {@code sh} is the given program.
   *
   * @param program a path and arguments, such as {@code /usr/bin/busybox sh}
   * @param bin a directory that comes first in PATH; gets a script named sh
   */
  static ShellLauncher launcher(String program, Path bin) throws IOException {
    if (!Files.isExecutable(Path.of(program.split(" ")[0]))) {
      throw new IllegalStateException(program + " is missing; install it to run these tests");
    }
    Path sh = Files.writeString(bin.resolve("sh"), "#!/bin/sh\nexec " + program + " \"$@\"\n");
    Files.setPosixFilePermissions(sh, PosixFilePermissions.fromString("rwxr-xr-x"));
    return command -> {
      ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
      builder.environment().merge("PATH", bin.toString(), (old, first) -> first + ":" + old);
      try {
        return new LocalProcess(builder.start());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  @Override
  public OutputStream input() {
    return process.getOutputStream();
  }

  @Override
  public InputStream output() {
    return process.getInputStream();
  }

  @Override
  public InputStream errors() {
    return process.getErrorStream();
  }

  @Override
  public String ending() {
    try {
      return process.waitFor(1, TimeUnit.SECONDS) ? "exit status " + process.exitValue() : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
  }

  @Override
  public void destroy() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}

package dev.belay.core.transport.local;

import dev.belay.core.transport.ShellProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child process of ours. */
final class LocalProcess implements ShellProcess {

  private static final int SIGNALLED = 128;

  private final Process process;

  LocalProcess(Process process) {
    this.process = process;
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
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        return "";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
    int code = process.exitValue();
    return code > SIGNALLED ? "signal " + (code - SIGNALLED) : "exit status " + code;
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already, and with it its input.
    }
  }

  /**
   * Ends what the shell is at as well, since that holds the streams, and whoever reads them, until
   * it ends. Jobs and guards are no children of the shell and go on.
   */
  @Override
  public void destroy() {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
    close();
    try {
      process.getInputStream().close();
      process.getErrorStream().close();
    } catch (IOException e) {
      // A stream that cannot be closed has ended as well.
    }
  }
}

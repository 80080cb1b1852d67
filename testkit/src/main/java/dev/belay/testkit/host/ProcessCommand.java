package dev.belay.testkit.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * One exec or shell request: a process and three threads that copy bytes the moment they come. As
 * with OpenSSH, a lost channel closes the process's standard input and leaves the process running.
 */
final class ProcessCommand implements Command {

  private static final int CHUNK = 64 * 1024;

  private final ProcessBuilder builder;
  private InputStream in;
  private OutputStream out;
  private OutputStream err;
  private ExitCallback callback;
  private Process process;
  private volatile boolean gone;

  ProcessCommand(ProcessBuilder builder) {
    this.builder = builder;
  }

  @Override
  public void setInputStream(InputStream in) {
    this.in = in;
  }

  @Override
  public void setOutputStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void setErrorStream(OutputStream err) {
    this.err = err;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    this.callback = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment env) throws IOException {
    process = builder.start();
    thread("stdin", () -> copy(in, process.getOutputStream(), true));
    var errors = thread("stderr", () -> copy(process.getErrorStream(), err, false));
    thread(
        "stdout",
        () -> {
          copy(process.getInputStream(), out, false);
          reap(errors);
        });
  }

  private void reap(Thread errors) {
    try {
      errors.join();
      callback.onExit(process.waitFor());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread thread(String stream, Runnable work) {
    var thread = new Thread(work, "embedded-host-" + stream + "-" + process.pid());
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void copy(InputStream from, OutputStream to, boolean close) {
    var chunk = new byte[CHUNK];
    try {
      for (int n = from.read(chunk); n >= 0 && !gone; n = from.read(chunk)) {
        to.write(chunk, 0, n);
        to.flush();
      }
    } catch (IOException e) {
      // One of the two ends has gone: nothing is left to copy, and the exit status tells the rest.
    } finally {
      if (close) {
        closeQuietly(to);
      } else {
        // The process then meets SIGPIPE instead of filling a pipe nobody reads.
        closeQuietly(from);
      }
    }
  }

  @Override
  public void destroy(ChannelSession channel) {
    gone = true;
    if (process != null) {
      closeQuietly(process.getOutputStream());
    }
  }

  private static void closeQuietly(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception e) {
      // A pipe to a process that has ended cannot be flushed; it is closed all the same.
    }
  }
}

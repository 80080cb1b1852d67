package dev.belay.testkit.host;

import dev.belay.core.inventory.Host;
import dev.belay.core.run.Connector;
import dev.belay.core.transport.Become;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.ResidentShell;
import dev.belay.core.transport.Shell;
import dev.belay.core.transport.ShellProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Comes to an embedded host without SSH: a process of this machine enters its namespaces. For tests
 * that need many runs, or a login user whom the embedded server does not know.
 *
 * @param host where to
 * @param before words before the login shell, such as {@code setpriv} with options; may be empty
 */
public record DirectConnector(EmbeddedHost host, List<String> before) implements Connector {

  /** Comes to the host as root. */
  public DirectConnector(EmbeddedHost host) {
    this(host, List.of());
  }

  @Override
  public Connection connect(Host named) {
    return new Entrance(this);
  }

  @Override
  public Optional<Become> become(Host named, boolean root) {
    return Optional.empty();
  }

  private ShellProcess launch(String command) {
    List<String> words = new ArrayList<>(host.enterPrefix());
    words.addAll(before);
    words.addAll(List.of("/bin/sh", "-c", command));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(Sandbox.environment());
    try {
      return new Entered(builder.start());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private record Entrance(DirectConnector from) implements Connection {
    @Override
    public Shell shell(Optional<Become> become, String functions) {
      return ResidentShell.start("direct", from::launch, become, functions);
    }

    @Override
    public void close() {}
  }

  private record Entered(Process process) implements ShellProcess {
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
      return "";
    }

    @Override
    public void close() {
      try {
        process.getOutputStream().close();
        process.waitFor();
      } catch (IOException alreadyClosed) {
        // nothing more to end
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void destroy() {
      process.destroyForcibly();
    }
  }
}

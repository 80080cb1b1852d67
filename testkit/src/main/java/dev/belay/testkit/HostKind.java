package dev.belay.testkit;

import dev.belay.testkit.host.EmbeddedHost;
import dev.belay.testkit.host.LoopbackSshd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The kinds of real host that a step has to work on. */
public enum HostKind {
  /** The embedded host, whose shell is this machine's dash. */
  EMBEDDED("/bin/dash", false),
  /** The same with bash as the shell. */
  EMBEDDED_BASH("/bin/bash", false),
  /** The same with busybox ash as the shell. */
  EMBEDDED_BUSYBOX("/bin/busybox", false),
  /** A real OpenSSH server in front of an embedded host. */
  OPENSSH("/bin/dash", true);

  private final Path shell;
  private final boolean openssh;

  HostKind(String shell, boolean openssh) {
    this.shell = Path.of(shell);
    this.openssh = openssh;
  }

  /**
   * A started host.
   *
   * @param inside its files and programs, for arranging and looking
   * @param connector how the engine comes to it
   * @param ending what ends it
   */
  public record Started(EmbeddedHost inside, TestConnector connector, AutoCloseable ending)
      implements AutoCloseable {
    @Override
    public void close() {
      try {
        ending.close();
      } catch (Exception broken) {
        throw new IllegalStateException("the test host did not end", broken);
      } finally {
        inside.close();
      }
    }
  }

  /** Tells whether an undo brings back times to the second only, as busybox cp does. */
  boolean wholeSeconds() {
    return this == EMBEDDED_BUSYBOX;
  }

  /** Starts a fresh host of this kind, with everything in it. */
  public Started start(boolean kubernetes) {
    EmbeddedHost.Options usual =
        kubernetes ? EmbeddedHost.Options.defaults() : EmbeddedHost.Options.plain();
    EmbeddedHost.Options options =
        new EmbeddedHost.Options(
            usual.node(),
            shell,
            usual.kubernetes(),
            usual.apiServerStartup(),
            true,
            true,
            true,
            usual.userNamespace());
    try {
      EmbeddedHost inside = EmbeddedHost.start(options);
      if (!openssh) {
        return new Started(inside, TestConnector.to(inside), () -> {});
      }
      LoopbackSshd sshd = LoopbackSshd.start(inside);
      return new Started(inside, TestConnector.to(sshd), sshd);
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot start a host of kind " + this, broken);
    }
  }
}

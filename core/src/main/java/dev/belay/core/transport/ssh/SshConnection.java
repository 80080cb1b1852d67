package dev.belay.core.transport.ssh;

import dev.belay.core.transport.Become;
import dev.belay.core.transport.Connection;
import dev.belay.core.transport.ResidentShell;
import dev.belay.core.transport.Shell;
import dev.belay.core.transport.ShellProcess;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection over SSH, logged in by public key. Its shells are channels of it. */
public final class SshConnection implements Connection {

  private final SshTarget target;
  private final Login.Session session;
  private final AtomicBoolean first = new AtomicBoolean(true);

  private SshConnection(SshTarget target, Login.Session session) {
    this.target = target;
    this.session = session;
  }

  /**
   * Connects, checks the host's key against known_hosts and logs in.
   *
   * <p>A host whose key is not known, has changed or is revoked is refused, unless the target says
   * that new or all keys are believed; a revoked one is refused always. A jump host is logged in to
   * first, by its own keys and with its own host key checked. ssh_config is read by {@link
   * TargetFinder}, not here.
   *
   * @param passphrases asked where a private key is encrypted
   * @throws dev.belay.core.transport.UnreachableException when any of it fails
   */
  public static SshConnection open(SshTarget target, Passphrases passphrases) {
    return new SshConnection(target, new Login(target, passphrases).open());
  }

  /**
   * Starts a resident shell. The connection's first one on an OpenSSH server costs no round trip of
   * its own, others cost one or two, and sudo's question for a password two more. Becoming the
   * login user itself needs no sudo.
   */
  @Override
  public Shell shell(Optional<Become> become, String functions) {
    Optional<Become> other = become.filter(b -> !b.user().equals(target.user()));
    return ResidentShell.start(target.name(), this::launch, other, functions);
  }

  private ShellProcess launch(String command) {
    CommandChannel channel =
        new CommandChannel(session.client().getConnection(), () -> Login.drop(session));
    try {
      channel.start(command, first.getAndSet(false), target.timeoutMillis());
      return channel;
    } catch (IOException e) {
      throw new SshFailures(target).noSession(e);
    }
  }

  @Override
  public void close() {
    try {
      session.client().disconnect();
    } catch (IOException e) {
      Login.drop(session);
    }
  }
}

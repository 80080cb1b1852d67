package dev.belay.core.transport.ssh;

import dev.belay.core.transport.UnreachableException;
import dev.belay.core.transport.ssh.LoginKey.Offer;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.keepalive.KeepAlive;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.userauth.UserAuthException;

/** Connects, checks the host's key and logs in. */
final class Login {

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

  /** Longer than any deadline: how long a write may wait is decided by the shell's deadlines. */
  private static final int A_DAY_MILLIS = 24 * 60 * 60 * 1000;

  private final SshTarget target;
  private final Passphrases passphrases;
  private final SshFailures failures;
  private final List<String> tried = new ArrayList<>();

  /** A connection that is logged in, and the socket under it. */
  record Session(SSHClient client, Socket socket) {}

  Login(SshTarget target, Passphrases passphrases) {
    this.target = target;
    this.passphrases = passphrases;
    this.failures = new SshFailures(target);
  }

  /**
   * Logs in.
   *
   * @throws UnreachableException when any step of it fails
   */
  Session open() {
    KnownHosts known = KnownHosts.read(target);
    try (LoginKeys keys = LoginKeys.of(target)) {
      if (known.needBouncyCastle()) {
        BouncyCastle.register();
      }
      // The first key is read before connecting: its errors and questions need no network.
      Offer first = keys.inOrder().get(0).offer(target.name(), passphrases);
      return open(known, first, keys.inOrder());
    }
  }

  /**
   * Connects until the host shows its key.
   *
   * @throws UnreachableException when it shows none
   */
  Optional<Stranger> meet() {
    KnownHosts known = KnownHosts.read(target);
    try {
      drop(connect(known));
    } catch (UnreachableException refused) {
      if (known.strange().isEmpty()) {
        throw refused;
      }
    }
    // A line may have come since: then it is no stranger, and the run tells what is wrong.
    return known
        .strange()
        .filter(key -> known.isEmpty())
        .map(key -> new Stranger(target, KnownHosts.lookup(target), key));
  }

  private Session open(KnownHosts known, Offer first, List<LoginKey> keys) {
    Session session = connect(known);
    try {
      authenticate(session, first, keys);
      session.socket().setSoTimeout(0);
      PromptSocketFactory.acknowledgeAtOnce(session.socket());
      return session;
    } catch (IOException e) {
      drop(session);
      throw failures.loggingIn(tried, e);
    } catch (UnreachableException e) {
      drop(session);
      throw e;
    }
  }

  private Session connect(KnownHosts known) {
    try {
      return connectOnce(known);
    } catch (IOException | SSHRuntimeException e) {
      if (!SshFailures.isNoSettlement(e) || BouncyCastle.isRegistered()) {
        throw known.refusal().orElseGet(() -> failures.connecting(e));
      }
    }
    // The server has nothing in common with what the JDK alone can do: offer everything.
    BouncyCastle.register();
    try {
      return connectOnce(known);
    } catch (IOException | SSHRuntimeException e) {
      throw known.refusal().orElseGet(() -> failures.connecting(e));
    }
  }

  private Session connectOnce(KnownHosts known) throws IOException {
    Socket socket = Wires.open(target, passphrases);
    Session session = new Session(client(known, socket), socket);
    Patience patience = Patience.with(session, target.connectTimeout());
    try (patience) {
      session.client().connect(target.address(), target.port());
      return session;
    } catch (IOException e) {
      throw lost(session, patience.blame(e));
    } catch (SSHRuntimeException e) {
      throw lost(session, e);
    } catch (IllegalStateException e) {
      // sshj's word for a server that hung up before the key exchange began.
      throw lost(session, patience.blame(new SocketException("it hung up at once")));
    }
  }

  private <E extends Exception> E lost(Session session, E failure) {
    String remark = session.socket() instanceof StreamSocket stream ? stream.remark() : "";
    drop(session);
    if (target.way() instanceof SshWay.Program program && !remark.isEmpty()) {
      throw failures.noProgram(program.line(), remark, failure);
    }
    return failure;
  }

  private SSHClient client(KnownHosts known, Socket socket) {
    SSHClient client = new SSHClient(new Algorithms(known.types()));
    client.setSocketFactory(new PromptSocketFactory(socket));
    client.setConnectTimeout(target.timeoutMillis());
    client.setTimeout(target.timeoutMillis());
    client.getTransport().setTimeoutMs(target.timeoutMillis());
    client.getConnection().setTimeoutMs(A_DAY_MILLIS);
    signsOfLife(client.getConnection().getKeepAlive());
    client.addHostKeyVerifier(known);
    return client;
  }

  private void signsOfLife(KeepAlive keepAlive) {
    Duration interval = target.waits().aliveInterval().orElse(KEEP_ALIVE);
    keepAlive.setKeepAliveInterval((int) Math.min(Integer.MAX_VALUE, interval.toSeconds()));
    if (target.waits().aliveInterval().isPresent() && keepAlive instanceof KeepAliveRunner runner) {
      runner.setMaxAliveCount(Math.max(1, target.waits().aliveCount()));
    }
  }

  private void authenticate(Session session, Offer first, List<LoginKey> keys) throws IOException {
    UserAuthException last = null;
    for (LoginKey key : keys) {
      Offer offer = tried.isEmpty() ? first : key.offer(target.name(), passphrases);
      tried.add(offer.words());
      int limit = offer.mayAskAPerson() ? SshAgent.PATIENCE_MILLIS : target.timeoutMillis();
      session.client().getTransport().setTimeoutMs(limit);
      try {
        session.client().auth(target.user(), offer.method());
        return;
      } catch (UserAuthException e) {
        last = e;
        if (!session.client().isConnected()) {
          throw e;
        }
      } catch (IllegalStateException e) {
        // sshj's word for a server that hung up between two keys.
        throw new IOException("the server closed the connection", last == null ? e : last);
      }
    }
    Iterable<String> methods = session.client().getUserAuth().getAllowedMethods();
    throw session.client().getUserAuth().hadPartialSuccess()
        ? failures.wantsMore(methods, last)
        : failures.refused(tried, methods, last);
  }

  /** Drops the connection without waiting for anything; the reader thread then ends by itself. */
  static void drop(Session session) {
    Connection connection = session.client().getConnection();
    connection.getKeepAlive().interrupt();
    try {
      if (session.socket() != null) {
        session.socket().close();
      }
    } catch (IOException e) {
      // A socket that cannot be closed is gone as well.
    }
  }
}

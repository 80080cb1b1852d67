package dev.belay.core.transport.ssh;

import dev.belay.core.transport.UnreachableException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;

/** Turns what went wrong while connecting into an error that says what to do. */
final class SshFailures {

  private final SshTarget target;

  SshFailures(SshTarget target) {
    this.target = target;
  }

  /** Returns the error for a failure before the login. */
  UnreachableException connecting(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      UnreachableException known = network(cause, failure);
      if (known != null) {
        return known;
      }
    }
    return protocol(failure);
  }

  private UnreachableException network(Throwable cause, Exception failure) {
    if (cause instanceof UnknownHostException) {
      return error(
          "no such host name: " + target.address(),
          "Look for a typo in the inventory, or give the address; is the name server reachable?",
          failure);
    }
    if (cause instanceof SocketTimeoutException || cause instanceof TimeoutException) {
      return error(
          "no answer within " + target.connectTimeout().toMillis() / 1000.0 + " s",
          "Is the host up, and does a firewall let port " + target.port() + " through?",
          failure);
    }
    if (cause instanceof InterruptedIOException || cause instanceof InterruptedException) {
      return error("interrupted while connecting", "Connect again.", failure);
    }
    if (cause instanceof NoRouteToHostException) {
      return error("no way there: " + cause.getMessage(), "Look at the route to it.", failure);
    }
    if (cause instanceof ConnectException) {
      return error(
          "connection refused: " + cause.getMessage(),
          "Does sshd run there, and on port " + target.port() + "?",
          failure);
    }
    // Such as "connection reset" and "broken pipe".
    return cause instanceof SocketException ? closed(cause.getMessage(), failure) : null;
  }

  private UnreachableException closed(String said, Exception failure) {
    return error(
        "the server closed the connection before the login: " + said,
        "Is it an SSH server at all? It may be overloaded (MaxStartups), or keep this address out"
            + " (fail2ban, hosts.deny); its log tells.",
        failure);
  }

  private UnreachableException protocol(Exception failure) {
    String said = String.valueOf(failure.getMessage());
    if (isNoSettlement(failure)) {
      return error(
          "no common way of encryption: " + said,
          "The server wants algorithms that are not offered here (they are old, or very new)."
              + " Allow curve25519-sha256 and aes128-gcm@openssh.com in its sshd_config.",
          failure);
    }
    if (isNotSsh(failure, said)) {
      return error(
          "no SSH server: " + said, "What listens on port " + target.port() + "?", failure);
    }
    if (said.contains("identification") || said.contains("EOF")) {
      return closed(said, failure);
    }
    return error("connecting failed: " + said, "The server's log may tell more.", failure);
  }

  private static boolean isNotSsh(Exception failure, String said) {
    return reason(failure) == DisconnectReason.PROTOCOL_VERSION_NOT_SUPPORTED
        || said.contains("Incorrect identification")
        || said.contains("does not support SSHv2");
  }

  /** Tells whether both sides had no algorithm of some kind in common. */
  static boolean isNoSettlement(Exception failure) {
    return String.valueOf(failure.getMessage()).contains("Unable to reach a settlement");
  }

  private static DisconnectReason reason(Exception failure) {
    return failure instanceof SSHException ssh
        ? ssh.getDisconnectReason()
        : DisconnectReason.UNKNOWN;
  }

  /** Returns the error for a jump host that opens no way to the target. */
  UnreachableException notThrough(SshTarget hop, Exception cause) {
    return error(
        "the jump host " + hop.name() + " opens no connection to it: " + rootMessage(cause),
        "Look from there whether "
            + target.address()
            + " answers on port "
            + target.port()
            + "; its sshd must allow it too (AllowTcpForwarding, PermitOpen).",
        cause);
  }

  /** Returns the error for a ProxyCommand that failed. */
  UnreachableException noProgram(String line, String said, Exception cause) {
    return error("the ProxyCommand failed: " + said, "Try it in a terminal: " + line, cause);
  }

  /** Returns the error for a server that accepted none of our keys. */
  UnreachableException refused(List<String> tried, Iterable<String> methods, Exception cause) {
    String keys = String.join(", ", tried);
    return error(
        "permission denied (server allows: "
            + String.join(", ", methods)
            + "); user "
            + target.user()
            + ", tried "
            + keys,
        "Add the public key to ~"
            + target.user()
            + "/.ssh/authorized_keys on the host, or correct the user or the key file.",
        cause);
  }

  /** Returns the error for a server that wants more than a key. */
  UnreachableException wantsMore(Iterable<String> methods, Exception cause) {
    return error(
        "the server accepted the key and wants a further proof: " + String.join(", ", methods),
        "Only public keys are supported; allow this user a login by key alone.",
        cause);
  }

  /** Returns the error for a login that broke off. */
  UnreachableException loggingIn(List<String> tried, Exception cause) {
    // A server that loses patience says so, or just hangs up; it did answer before that.
    return tried.size() > 1 || rootMessage(cause).contains("Too many authentication failures")
        ? error(
            "the server broke off the login after "
                + tried.size()
                + " key(s): "
                + rootMessage(cause),
            "Name the one key that it accepts; its log tells more.",
            cause)
        : connecting(cause);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** Returns the error for a server that gives no further session. */
  UnreachableException noSession(Exception cause) {
    return error(
        "the server opens no session: " + cause.getMessage(),
        "It may allow fewer sessions (MaxSessions) or no commands for this user; its log tells.",
        cause);
  }

  private UnreachableException error(String what, String advice, Exception cause) {
    return new UnreachableException(target.place() + ": " + what, advice, cause);
  }
}

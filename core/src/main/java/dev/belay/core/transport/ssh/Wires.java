package dev.belay.core.transport.ssh;

import dev.belay.core.transport.UnreachableException;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.Optional;

/** Makes the sockets of targets, each by its way. */
final class Wires {

  private Wires() {}

  /**
   * Returns a socket to a target; one that goes straight is not connected yet.
   *
   * @throws UnreachableException when a hop cannot be reached, or the program cannot be started
   */
  static Socket open(SshTarget target, Passphrases passphrases) throws IOException {
    if (target.way() instanceof SshWay.Through through) {
      return through(target, through.hop(), passphrases);
    }
    if (target.way() instanceof SshWay.Program program) {
      return by(target, program);
    }
    Socket socket = new Socket();
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return socket;
  }

  private static Socket through(SshTarget target, SshTarget hop, Passphrases passphrases) {
    Login.Session session = new Login(hop, passphrases).open();
    TunnelChannel channel =
        new TunnelChannel(session.client().getConnection(), target.address(), target.port());
    try {
      channel.open(target.timeoutMillis());
    } catch (IOException e) {
      Login.drop(session);
      throw new SshFailures(target).notThrough(hop, e);
    }
    return new StreamSocket(
        channel.getInputStream(), channel.getOutputStream(), () -> Login.drop(session), () -> "");
  }

  private static Socket by(SshTarget target, SshWay.Program program) {
    String shell =
        Optional.ofNullable(System.getenv("SHELL")).filter(s -> !s.isEmpty()).orElse("/bin/sh");
    try {
      Process process = new ProcessBuilder(List.of(shell, "-c", "exec " + program.line())).start();
      LastWords words = LastWords.of(process.getErrorStream());
      return new StreamSocket(
          process.getInputStream(), process.getOutputStream(), process::destroy, words::text);
    } catch (IOException e) {
      throw new SshFailures(target).noProgram(program.line(), e.getMessage(), e);
    }
  }
}

package dev.belay.core.transport.ssh;

import dev.belay.core.transport.ShellProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;

/**
 * A session channel whose command starts without a round trip of its own.
 *
 * <p>sshj's {@code exec} waits for the server to confirm the command before anything can be sent to
 * it. Here no confirmation is asked for, so the input follows the command in the same flight; a
 * command that cannot be started ends its channel, which is seen as well.
 */
final class CommandChannel extends SessionChannel implements ShellProcess {

  private final Runnable sever;

  /**
   * Makes a channel that is not open yet.
   *
   * @param sever drops the whole connection without waiting
   */
  CommandChannel(Connection connection, Runnable sever) {
    super(connection);
    this.sever = sever;
  }

  /** Opens the channel, which takes one round trip, and sends the command. */
  void start(String command, int timeoutMillis) throws IOException {
    trans.write(buildOpenReq());
    openEvent.await(timeoutMillis, TimeUnit.MILLISECONDS);
    sendChannelRequest("exec", false, new Buffer.PlainBuffer().putString(command));
  }

  @Override
  public OutputStream input() {
    return getOutputStream();
  }

  @Override
  public InputStream output() {
    return getInputStream();
  }

  @Override
  public InputStream errors() {
    return getErrorStream();
  }

  @Override
  public String ending() {
    try {
      join(1, TimeUnit.SECONDS);
    } catch (ConnectionException e) {
      return "";
    }
    if (getExitSignal() != null) {
      return "signal " + getExitSignal();
    }
    return getExitStatus() == null ? "" : "exit status " + getExitStatus();
  }

  @Override
  public void close() {
    try {
      getOutputStream().close();
    } catch (IOException e) {
      // The connection is gone already, and with it the command's input.
    }
  }

  @Override
  public void destroy() {
    sever.run();
  }
}

package dev.belay.core.transport.ssh;

import dev.belay.core.transport.ShellProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;

/**
 * A session channel whose command starts without a round trip of its own.
 *
 * <p>sshj's {@code exec} waits for the server to confirm the command before anything can be sent to
 * it. Here no confirmation is asked for, so the input follows the command in the same flight; a
 * command that cannot be started ends its channel, which is seen as well.
 *
 * <p>OpenSSH opens session channels with a window of zero and enlarges it to 2 MB in the same step
 * that starts the command (session_set_fds in session.c). As it reads our messages in order, input
 * sent right behind the command is within that window when it gets there, so a first part of it is
 * sent in advance, which saves a round trip. Other servers, such as Dropbear and Apache MINA, give
 * a window at once and need nothing of this.
 */
final class CommandChannel extends SessionChannel implements ShellProcess {

  private static final long HEAD_START = 32 * 1024;

  private final Runnable sever;
  private volatile long advance;

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
  protected void init(int recipient, long remoteWindow, long remoteMaxPacket) {
    boolean enlargesLater = remoteWindow == 0 && trans.getServerVersion().startsWith("OpenSSH");
    advance = enlargesLater ? HEAD_START : 0;
    super.init(recipient, remoteWindow + advance, remoteMaxPacket);
  }

  @Override
  public void handle(Message message, SSHPacket packet) throws SSHException {
    if (message != Message.CHANNEL_WINDOW_ADJUST || advance == 0) {
      super.handle(message, packet);
      return;
    }
    try {
      long granted = packet.readUInt32();
      long taken = Math.min(granted, advance);
      advance -= taken;
      rwin.expand(granted - taken);
    } catch (Buffer.BufferException e) {
      throw new ConnectionException(e);
    }
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

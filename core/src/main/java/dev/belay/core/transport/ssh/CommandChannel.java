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
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import net.schmizz.sshj.transport.TransportException;

/**
 * A session channel whose command starts without round trips of its own.
 *
 * <p>sshj opens a channel, waits, starts the command, waits, and only then lets input follow. Here
 * no confirmation of the command is asked for; one that cannot be started ends its channel, which
 * is seen as well.
 *
 * <p>With OpenSSH two more waits are saved, as it reads our messages in order. It numbers channels
 * from 0 (channel_new in channels.c), so that the first one's number is known before it is told.
 * And it opens session channels with a window of zero and enlarges it to 2 MB in the same step that
 * starts the command (session_set_fds in session.c), so that input sent right behind the command is
 * within the window when it gets there. Other servers, such as Dropbear and Apache MINA, are waited
 * for.
 */
final class CommandChannel extends SessionChannel implements ShellProcess {

  private static final int FIRST_NUMBER = 0;
  private static final int OPENSSH_PACKET = 32 * 1024;
  private static final long HEAD_START = 32 * 1024;

  private final Runnable sever;
  private volatile long advance;
  private volatile boolean guessed;

  /**
   * Makes a channel that is not open yet.
   *
   * @param sever drops the whole connection without waiting
   */
  CommandChannel(Connection connection, Runnable sever) {
    super(connection);
    this.sever = sever;
  }

  /**
   * Opens the channel and sends the command.
   *
   * @param first whether it is the connection's first channel
   */
  void start(String command, boolean first, int timeoutMillis) throws IOException {
    guessed = first && isOpenSsh();
    if (guessed) {
      init(FIRST_NUMBER, 0, OPENSSH_PACKET);
    }
    trans.write(buildOpenReq());
    if (guessed) {
      openEvent.set(); // sshj drops, without a word, what is written to a channel that is not open
    } else {
      openEvent.await(timeoutMillis, TimeUnit.MILLISECONDS);
    }
    sendChannelRequest("exec", false, new Buffer.PlainBuffer().putString(command));
  }

  private boolean isOpenSsh() {
    return trans.getServerVersion().startsWith("OpenSSH");
  }

  @Override
  protected void gotUnknown(Message message, SSHPacket packet)
      throws ConnectionException, TransportException {
    try {
      if (guessed && message == Message.CHANNEL_OPEN_CONFIRMATION) {
        confirm(packet.readUInt32AsInt(), packet.readUInt32());
      } else if (guessed && message == Message.CHANNEL_OPEN_FAILURE) {
        // The streams are in use already, so they have to end with this error.
        notifyError(
            new OpenFailException(getType(), packet.readUInt32AsInt(), packet.readString()));
      } else {
        super.gotUnknown(message, packet);
      }
    } catch (Buffer.BufferException e) {
      throw new ConnectionException(e);
    }
  }

  private void confirm(int number, long window) throws ConnectionException {
    if (number != FIRST_NUMBER) {
      throw new ConnectionException("the first channel has number " + number + ", not 0");
    }
    rwin.expand(window);
  }

  @Override
  protected void init(int recipient, long remoteWindow, long remoteMaxPacket) {
    boolean enlargesLater = remoteWindow == 0 && isOpenSsh();
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

package dev.belay.core.transport.ssh;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.sshj.common.Buffer;

/**
 * An ssh-agent, asked for its keys and for signatures.
 *
 * <p>Keys on hardware are among them. Keys that the agent holds for certain destinations only
 * ({@code ssh-add -h}) are not signed with, as the agent is not told where they would be used. Not
 * thread-safe. Source: draft-miller-ssh-agent.
 */
final class SshAgent implements AutoCloseable {

  private static final byte LIST = 11;
  private static final byte LISTED = 12;
  private static final byte SIGN = 13;
  private static final byte SIGNED = 14;
  private static final int RSA_SHA2_512 = 4;
  private static final int LONGEST = 256 * 1024;
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** Somebody may have to touch a key or to confirm its use. */
  private static final Duration SIGNATURE = Duration.ofSeconds(120);

  /** How long a login by a key of the agent may take. */
  static final int PATIENCE_MILLIS = 130_000;

  private final Path socket;
  private final SocketChannel channel;

  /**
   * One of its keys.
   *
   * @param comment what its owner calls it, often the name of its file
   */
  record Key(PublicBlob blob, String comment) {}

  private SshAgent(Path socket, SocketChannel channel) {
    this.socket = socket;
    this.channel = channel;
  }

  /**
   * Connects.
   *
   * @throws IOException when nobody listens there
   */
  static SshAgent connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new SshAgent(socket, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  Path socket() {
    return socket;
  }

  /** Returns its keys in its own order. */
  List<Key> keys() throws IOException {
    Buffer.PlainBuffer answer = ask(new Buffer.PlainBuffer().putByte(LIST), LISTED, ANSWER);
    List<Key> keys = new ArrayList<>();
    for (long left = answer.readUInt32(); left > 0; left--) {
      keys.add(new Key(PublicBlob.of(answer.readStringAsBytes()), answer.readString()));
    }
    return keys;
  }

  /**
   * Signs with the private half of a key, by SHA-512 where it is RSA.
   *
   * @return the signature with its name, as a login wants it
   * @throws IOException when the agent does not, such as when a person declines
   */
  byte[] sign(PublicBlob key, byte[] what) throws IOException {
    Buffer.PlainBuffer request = new Buffer.PlainBuffer().putByte(SIGN);
    request.putString(key.bytes()).putString(what).putUInt32(key.isRsa() ? RSA_SHA2_512 : 0);
    return ask(request, SIGNED, SIGNATURE).readStringAsBytes();
  }

  private Buffer.PlainBuffer ask(Buffer.PlainBuffer request, byte wanted, Duration limit)
      throws IOException {
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> giveUp(done));
    try {
      write(new Buffer.PlainBuffer().putString(request.getCompactData()).getCompactData());
      Buffer.PlainBuffer answer = new Buffer.PlainBuffer(read());
      if (answer.readByte() != wanted) {
        throw new IOException("the agent declined");
      }
      return answer;
    } finally {
      done.set(true);
    }
  }

  private void giveUp(AtomicBoolean done) {
    if (!done.get()) {
      close();
    }
  }

  private void write(byte[] message) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(message);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private byte[] read() throws IOException {
    // Not closed: that would close the channel.
    DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
    int length = in.readInt();
    if (length < 1 || length > LONGEST) {
      throw new EOFException("the agent answered " + length + " bytes");
    }
    byte[] message = new byte[length];
    in.readFully(message);
    return message;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }
}

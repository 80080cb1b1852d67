package dev.belay.core.transport.ssh;

import java.io.IOException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * Public key login whose signature comes from elsewhere, for keys and certificates of any type.
 *
 * <p>Source: RFC 4252, section 7; OpenSSH's PROTOCOL.certkeys.
 */
final class SignedPublickey extends AbstractAuthMethod {

  /** Signs, and returns the signature with its name. */
  @FunctionalInterface
  interface Signer {
    byte[] sign(byte[] what) throws IOException;
  }

  private final PublicBlob key;
  private final Signer signer;
  private final boolean asksFirst;

  /**
   * Makes the method.
   *
   * @param key what the server is shown: a key or a certificate
   * @param asksFirst whether the server is asked first if the key would do, which costs a round
   *     trip and saves a person's touch for a key that would not
   */
  SignedPublickey(PublicBlob key, Signer signer, boolean asksFirst) {
    super("publickey");
    this.key = key;
    this.signer = signer;
    this.asksFirst = asksFirst;
  }

  @Override
  protected SSHPacket buildReq() throws UserAuthException {
    return asksFirst ? request(false) : signed();
  }

  private SSHPacket request(boolean withSignature) throws UserAuthException {
    return super.buildReq()
        .putBoolean(withSignature)
        .putString(key.algorithm())
        .putString(key.bytes());
  }

  private SSHPacket signed() throws UserAuthException {
    SSHPacket request = request(true);
    byte[] what =
        new Buffer.PlainBuffer()
            .putString(params.getTransport().getSessionID())
            .putBuffer(request)
            .getCompactData();
    try {
      return request.putString(signer.sign(what));
    } catch (IOException e) {
      throw new UserAuthException("no signature: " + e.getMessage(), e);
    }
  }

  /** The server's answer that the key would do has the number 60, as other methods' questions. */
  @Override
  public void handle(Message message, SSHPacket packet)
      throws UserAuthException, TransportException {
    if (message != Message.USERAUTH_60) {
      super.handle(message, packet);
      return;
    }
    params.getTransport().write(signedOrNothing());
  }

  /**
   * This runs on the thread that reads the connection, where an exception would end it: a key that
   * does not sign is given up by asking for a login with nothing, which the server refuses.
   */
  private SSHPacket signedOrNothing() {
    try {
      return signed();
    } catch (UserAuthException e) {
      return new SSHPacket(Message.USERAUTH_REQUEST)
          .putString(params.getUsername())
          .putString(params.getNextServiceName())
          .putString("none");
    }
  }
}

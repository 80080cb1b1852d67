package dev.belay.core.transport.ssh;

import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.KeyedAuthMethod;

/**
 * Public key login that signs at once.
 *
 * <p>Asking first whether the key would do, as RFC 4252 section 7 allows, costs a round trip.
 */
final class DirectPublickey extends KeyedAuthMethod {

  DirectPublickey(KeyProvider key) {
    super("publickey", key);
  }

  @Override
  protected SSHPacket buildReq() throws UserAuthException {
    return putSig(putPubKey(super.buildReq().putBoolean(true)));
  }

  /** Trying the same RSA key again with another hash only uses up the server's patience. */
  @Override
  public boolean shouldRetry() {
    return false;
  }
}

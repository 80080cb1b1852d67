package dev.belay.core.transport.ssh;

import java.io.IOException;
import java.nio.file.Path;
import net.schmizz.sshj.userauth.method.AuthMethod;

/** One thing to try a login with. */
sealed interface LoginKey {

  /**
   * What is offered to the server.
   *
   * @param words file or comment and fingerprint, for messages
   */
  record Offer(String words, AuthMethod method) {

    /** Tells whether a person may have to touch or confirm something meanwhile. */
    boolean mayAskAPerson() {
      return method instanceof SignedPublickey;
    }
  }

  /**
   * Gets it ready, asking for a passphrase where it needs one.
   *
   * @throws dev.belay.core.transport.UnreachableException when a file is of no use
   */
  Offer offer(String host, Passphrases passphrases);

  /** A private key in a file. */
  record OfFile(Path file) implements LoginKey {
    @Override
    public Offer offer(String host, Passphrases passphrases) {
      Identity identity = Identity.load(host, file, passphrases);
      return new Offer(identity.describe(), new DirectPublickey(identity.key()));
    }
  }

  /** A private key that an agent holds. */
  record OfAgent(SshAgent agent, SshAgent.Key key) implements LoginKey {
    @Override
    public Offer offer(String host, Passphrases passphrases) {
      return new Offer(
          key.comment() + " of the agent (" + key.blob().fingerprint() + ")",
          new SignedPublickey(key.blob(), what -> agent.sign(key.blob(), what), true));
    }
  }

  /** A certificate, with the private key in a file. */
  record CertifiedFile(PublicBlob certificate, Path file) implements LoginKey {
    @Override
    public Offer offer(String host, Passphrases passphrases) {
      Identity identity = Identity.load(host, file, passphrases);
      return new Offer(
          identity.describe() + " with its certificate",
          new SignedPublickey(certificate, identity::sign, false));
    }
  }

  /** A certificate, with the private key of an agent. */
  record CertifiedAgent(PublicBlob certificate, SshAgent agent, SshAgent.Key key)
      implements LoginKey {
    @Override
    public Offer offer(String host, Passphrases passphrases) {
      return new Offer(
          key.comment() + " of the agent with a certificate (" + key.blob().fingerprint() + ")",
          new SignedPublickey(certificate, this::sign, true));
    }

    private byte[] sign(byte[] what) throws IOException {
      return agent.sign(key.blob(), what);
    }
  }
}

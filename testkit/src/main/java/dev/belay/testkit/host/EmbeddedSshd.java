package dev.belay.testkit.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** An SSH server in this JVM that hands every exec and shell request to processes. */
final class EmbeddedSshd implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  private static final int WORKERS = 8;

  private final SshServer server;

  private EmbeddedSshd(SshServer server) {
    this.server = server;
  }

  /**
   * Starts the server on a free loopback port.
   *
   * @param processes makes the process, not yet started, of the words it is given
   */
  static EmbeddedSshd start(
      String user,
      LoginKey host,
      LoginKey client,
      Function<List<String>, ProcessBuilder> processes) {
    var server = SshServer.setUpDefaultServer();
    server.setHost(LOOPBACK);
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(bouncyCastle(host.pair())));
    var accepted = bouncyCastle(client.pair()).getPublic();
    server.setPublickeyAuthenticator(
        (name, key, session) -> name.equals(user) && KeyUtils.compareKeys(key, accepted));
    server.setPasswordAuthenticator(null);
    server.setKeyboardInteractiveAuthenticator(null);
    server.setCommandFactory(
        (channel, text) -> new ProcessCommand(processes.apply(List.of("/bin/sh", "-c", text))));
    server.setShellFactory(channel -> new ProcessCommand(processes.apply(List.of("/bin/sh"))));
    // Without this each small answer waits for the client's delayed acknowledgement: 40 ms.
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, Duration.ZERO);
    server.setNioWorkers(WORKERS); // one session that stands still must not hold up the others
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new EmbeddedSshd(server);
  }

  /** Returns the same keys as Bouncy Castle's classes: the server takes no others for ed25519. */
  static KeyPair bouncyCastle(KeyPair pair) {
    try {
      var factory = KeyFactory.getInstance("Ed25519", new BouncyCastleProvider());
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded())),
          factory.generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Bouncy Castle has no Ed25519", e);
    }
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}

package dev.belay.testkit.host;

import com.hierynomus.sshj.key.KeyAlgorithms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;

/** A plain sshj login, for the tests of the hosts only. */
final class Login implements AutoCloseable {

  private static final long SECONDS = 30;

  private final SSHClient client;

  private Login(SSHClient client) {
    this.client = client;
  }

  static Login to(int port, String user, Path key, Path knownHosts) throws IOException {
    var config = new DefaultConfig();
    config.setKeyAlgorithms(List.of(KeyAlgorithms.EdDSA25519()));
    var client = new SSHClient(config);
    client.loadKnownHosts(knownHosts.toFile());
    client.connect("127.0.0.1", port);
    client.authPublickey(user, client.loadKeys(key.toString()));
    return new Login(client);
  }

  static Login to(EmbeddedHost host) throws IOException {
    return to(host.port(), host.user(), host.privateKeyFile(), host.knownHostsFile());
  }

  Session open() throws IOException {
    return client.startSession();
  }

  /** Runs a command and returns "STATUS|stdout|stderr". */
  String run(String command, byte[] stdin) throws IOException {
    try (var session = client.startSession();
        var exec = session.exec(command)) {
      exec.getOutputStream().write(stdin);
      exec.getOutputStream().close();
      var out = new String(exec.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var err = new String(exec.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      exec.join(SECONDS, TimeUnit.SECONDS);
      return exec.getExitStatus() + "|" + out + "|" + err;
    }
  }

  String run(String command) throws IOException {
    return run(command, new byte[0]);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}

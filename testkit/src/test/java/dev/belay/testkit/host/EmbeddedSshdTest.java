package dev.belay.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EmbeddedSshdTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void takesDataThatFollowsAnExecRequestWithoutReply() throws Exception {
    var clientKey = LoginKey.generate();
    try (var server =
            EmbeddedSshd.start("me", LoginKey.generate(), clientKey, ProcessBuilder::new);
        var client = SshClient.setUpDefaultClient()) {
      client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
      CoreModuleProperties.REQUEST_EXEC_REPLY.set(client, false);
      client.start();
      try (var session =
          client.connect("me", "127.0.0.1", server.port()).verify(LIMIT).getSession()) {
        session.addPublicKeyIdentity(EmbeddedSshd.bouncyCastle(clientKey.pair()));
        session.auth().verify(LIMIT);
        for (var text : List.of("one", "two", "three")) {
          var out = new ByteArrayOutputStream();
          try (var channel = session.createExecChannel("cat; exit 3")) {
            channel.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            channel.setOut(out);
            channel.open().verify(LIMIT);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), LIMIT);
            assertThat(channel.getExitStatus()).isEqualTo(3);
          }
          assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(text);
        }
      }
    }
  }
}

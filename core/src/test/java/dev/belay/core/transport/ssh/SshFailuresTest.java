package dev.belay.core.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.core.transport.UnreachableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SshFailuresTest {

  @TempDir static Path folder;
  private static Path key;

  @BeforeAll
  static void makeKey() throws Exception {
    key = LoopbackSshd.key(folder, "id", "ed25519", "");
  }

  private static UnreachableException refusal(String address, int port, Path known) {
    SshTarget target =
        new SshTarget(
            "cp-1",
            address,
            port,
            System.getProperty("user.name"),
            List.of(key),
            List.of(known),
            Duration.ofMillis(1500));
    UnreachableException refusal =
        catchThrowableOfType(
            UnreachableException.class, () -> SshConnection.open(target, Passphrases.NONE).close());
    assertThat(refusal).as("refused").isNotNull();
    assertThat(refusal).hasMessageStartingWith("cp-1 (");
    assertThat(refusal.advice()).isNotEmpty();
    return refusal;
  }

  private static UnreachableException refusal(int port) {
    return refusal("127.0.0.1", port, folder.resolve("none"));
  }

  @Test
  void saysWhenTheNameIsNotKnown() {
    UnreachableException refusal = refusal("cp-1.invalid", 22, folder.resolve("none"));
    assertThat(refusal).hasMessageContaining("no such host name: cp-1.invalid");
    assertThat(refusal.advice()).contains("typo");
  }

  @Test
  void saysWhenNobodyListens() throws IOException {
    assertThat(refusal(LoopbackSshd.freePort())).hasMessageContaining("connection refused");
  }

  @Test
  void saysWhenNothingAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(refusal(silent.getLocalPort())).hasMessageContaining("no answer within 1.5 s");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 400 Bad Request\r\n\r\n', closed the connection before the login",
    "'SSH-1.5-old\r\n', no SSH server",
    "'', closed the connection before the login",
    "'SSH-2.0-x\r\n', closed the connection before the login",
  })
  void saysWhenAnotherServerAnswers(String greeting, String meaning) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> greet(server, greeting));
      thread.setDaemon(true);
      thread.start();
      assertThat(refusal(server.getLocalPort())).hasMessageContaining(meaning);
    }
  }

  private static void greet(ServerSocket server, String greeting) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // The client has gone.
    }
  }

  @ParameterizedTest
  @CsvSource({
    "KexAlgorithms diffie-hellman-group14-sha1",
    "Ciphers aes128-cbc",
    "HostKeyAlgorithms ssh-rsa",
  })
  void saysWhenTheServerIsTooOld(String setting) throws Exception {
    Path own = Files.createTempDirectory(folder, "old");
    try (LoopbackSshd sshd = LoopbackSshd.start(own, List.of("rsa"), setting)) {
      assertThat(refusal(sshd.port)).hasMessageContaining("no common way of encryption");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "KexAlgorithms ecdh-sha2-nistp256, ed25519",
    "KexAlgorithms ecdh-sha2-nistp521, ed25519",
    "KexAlgorithms curve25519-sha256@libssh.org, rsa",
    "Ciphers chacha20-poly1305@openssh.com, ed25519",
    "Ciphers aes256-gcm@openssh.com, ed25519",
    "Ciphers aes128-ctr, ed25519",
    "'Ciphers aes256-ctr\nMACs hmac-sha2-512-etm@openssh.com', ed25519",
    "HostKeyAlgorithms rsa-sha2-256, rsa",
    "HostKeyAlgorithms ecdsa-sha2-nistp256, ecdsa",
  })
  void getsOnWithServersThatOfferOnly(String setting, String type) throws Exception {
    Path own = Files.createTempDirectory(folder, "strict");
    try (LoopbackSshd sshd = LoopbackSshd.start(own, List.of(type), setting)) {
      sshd.authorize(key);
      Path known = Files.writeString(own.resolve("known"), sshd.knownHostsLine(type));
      SshTarget target =
          new SshTarget(
              "cp-1",
              "127.0.0.1",
              sshd.port,
              System.getProperty("user.name"),
              List.of(key),
              List.of(known),
              Duration.ofSeconds(20));
      SshConnection.open(target, Passphrases.NONE).close();
    }
  }

  @Test
  void showsTheFingerprintOfAnUnknownHostThatHasOnlyAnEcdsaKey() throws Exception {
    Path own = Files.createTempDirectory(folder, "ecdsa");
    try (LoopbackSshd sshd = LoopbackSshd.start(own, List.of("ecdsa"))) {
      assertThat(refusal(sshd.port))
          .hasMessageContaining("not known: the host shows the ecdsa-sha2-nistp256 key SHA256:");
    }
  }
}

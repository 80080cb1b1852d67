package dev.belay.core.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class BouncyCastleTest {

  @TempDir static Path folder;
  private static LoopbackSshd sshd;

  @BeforeAll
  static void start() throws Exception {
    sshd = LoopbackSshd.start(folder, List.of("ecdsa", "ed25519"));
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519, ed25519, false",
    "rsa, ed25519, false",
    "ecdsa, ed25519, true",
    "ed25519, ecdsa, true",
  })
  void isLoadedOnlyWhereAKeyNeedsIt(String user, String host, boolean loaded) throws Exception {
    Path key = LoopbackSshd.key(folder, "id_" + user, user, "");
    sshd.authorize(key);
    Path known = folder.resolve("known_" + host);
    Files.writeString(known, sshd.knownHostsLine(host));
    String output =
        LoopbackSshd.run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load",
            "-cp",
            System.getProperty("java.class.path"),
            LoginOnce.class.getName(),
            Integer.toString(sshd.port),
            key.toString(),
            known.toString());
    assertThat(output).contains("logged in");
    assertThat(output.contains("org.bouncycastle")).isEqualTo(loaded);
  }
}

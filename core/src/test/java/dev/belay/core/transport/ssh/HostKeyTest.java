package dev.belay.core.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.core.transport.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HostKeyTest {

  @TempDir static Path folder;
  private static LoopbackSshd sshd;
  private static Path key;

  @BeforeAll
  static void start() throws Exception {
    sshd = LoopbackSshd.start(folder, List.of("rsa", "ecdsa", "ed25519"));
    key = LoopbackSshd.key(folder, "id_ed25519", "ed25519", "");
    sshd.authorize(key);
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  private static Path write(String name, String... lines) throws Exception {
    return Files.writeString(folder.resolve(name), String.join("", lines));
  }

  private static void connect(LoopbackSshd sshd, Path... known) {
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

  private static UnreachableException refusal(Path... known) {
    UnreachableException refusal =
        catchThrowableOfType(UnreachableException.class, () -> connect(sshd, known));
    assertThat(refusal).as("refused").isNotNull();
    return refusal;
  }

  private static String fingerprint(String type) throws Exception {
    Path file = folder.resolve("host_" + type + ".pub");
    return LoopbackSshd.run("ssh-keygen", "-l", "-f", file.toString()).split(" ")[1];
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void acceptsTheOneKnownKeyOfAHostWithSeveral(String type) throws Exception {
    connect(sshd, write("only_" + type, "# comment\n\n", sshd.knownHostsLine(type)));
  }

  @Test
  void acceptsHashedNamesAndWildcards() throws Exception {
    Path hashed = write("hashed", sshd.knownHostsLine("ed25519"));
    LoopbackSshd.run("ssh-keygen", "-q", "-H", "-f", hashed.toString());
    assertThat(Files.readString(hashed)).startsWith("|1|");
    connect(sshd, hashed);
    String line = sshd.knownHostsLine("ed25519");
    connect(sshd, write("wild", line.replace("[127.0.0.1]", "other,[127.0.*]")));
  }

  @Test
  void looksInEveryFile() throws Exception {
    connect(sshd, folder.resolve("absent"), write("there", sshd.knownHostsLine("ed25519")));
  }

  @Test
  void refusesAnUnknownKeyAndSaysHowToCheckIt() throws Exception {
    Path empty = write("empty file");
    UnreachableException refusal = refusal(empty, folder.resolve("absent"));
    assertThat(refusal)
        .hasMessageContaining("cp-1 (")
        .hasMessageContaining("@127.0.0.1:" + sshd.port)
        .hasMessageContaining("not known")
        .hasMessageContaining("ssh-ed25519 key " + fingerprint("ed25519"))
        .hasMessageContaining(empty.toString())
        .hasMessageContaining("absent");
    assertThat(refusal.advice())
        .contains("ssh_host_ed25519_key.pub")
        .contains("ssh-keyscan -t ssh-ed25519 -p " + sshd.port + " 127.0.0.1 >> '" + empty + "'");
  }

  @Test
  void itsAdviceForAnUnknownKeyWorks() throws Exception {
    Path file = write("scanned");
    String advice = refusal(file).advice();
    LoopbackSshd.run("sh", "-c", advice.substring(advice.indexOf("ssh-keyscan")) + " 2>/dev/null");
    connect(sshd, file);
  }

  @Test
  void refusesAChangedKeyAndNamesTheLine() throws Exception {
    Path other = LoopbackSshd.key(folder, "other", "ed25519", "");
    String[] words = Files.readString(Path.of(other + ".pub")).split(" ");
    String name = "[127.0.0.1]:" + sshd.port;
    Path file = write("changed", "# one\n", name + " " + words[0] + " " + words[1] + "\n");
    UnreachableException refusal = refusal(file);
    assertThat(refusal)
        .hasMessageContaining("host key has changed")
        .hasMessageContaining(fingerprint("ed25519"))
        .hasMessageContaining("line 2 of " + file)
        .hasMessageContaining("SHA256:");
    assertThat(refusal.advice()).contains("ssh-keygen -R '" + name + "' -f '" + file + "'");
  }

  @Test
  void refusesAKeyOfAnotherTypeThanTheKnownOne() throws Exception {
    Path second = Files.createDirectory(folder.resolve("second"));
    try (LoopbackSshd plain = LoopbackSshd.start(second, List.of("ed25519"))) {
      String rsa = sshd.knownHostsLine("rsa").replace(":" + sshd.port, ":" + plain.port);
      Path file = write("type", rsa);
      assertThatThrownBy(() -> connect(plain, file))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("shows the ssh-ed25519 key")
          .hasMessageContaining("line 1 of " + file + " has the ssh-rsa key");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesARevokedKeyWhateverOtherLinesSay(boolean first) throws Exception {
    String line = sshd.knownHostsLine("ed25519");
    String revoked = "@revoked " + line;
    Path file = write("revoked" + first, first ? revoked + line : line + revoked);
    assertThat(refusal(file))
        .hasMessageContaining("line " + (first ? 1 : 2) + " of " + file + " revokes");
  }

  @Test
  void acceptsACertificateOfAKnownAuthorityOnly() throws Exception {
    Path third = Files.createDirectory(folder.resolve("third"));
    Path authority = LoopbackSshd.key(third, "authority", "ed25519", "");
    Path host = LoopbackSshd.key(third, "host_ed25519", "ed25519", "");
    LoopbackSshd.run(
        "ssh-keygen",
        "-q",
        "-s",
        authority.toString(),
        "-I",
        "id",
        "-h",
        "-n",
        "127.0.0.1",
        host + ".pub");
    String certificate = "HostCertificate " + host + "-cert.pub";
    try (LoopbackSshd certified = LoopbackSshd.start(third, List.of("ed25519"), certificate)) {
      certified.authorize(key);
      String ca = Files.readString(Path.of(authority + ".pub"));
      String name = "[127.0.0.1]:" + certified.port;
      connect(certified, write("ca", "@cert-authority " + name + " " + ca));
      Path revoked = write("ca_revoked", "@cert-authority * " + ca, "@revoked * " + ca);
      assertThatThrownBy(() -> connect(certified, revoked)).hasMessageContaining("revokes");
      String stranger = Files.readString(Path.of(key + ".pub"));
      Path wrong = write("ca_wrong", "@cert-authority " + name + " " + stranger);
      assertThatThrownBy(() -> connect(certified, wrong)).hasMessageContaining("not known");
    }
  }
}

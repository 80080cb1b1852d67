package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.testkit.host.LoopbackSshd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StrangersTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private int ping(Terminal terminal, String... more) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    List<String> words = new java.util.ArrayList<>(List.of("ping", "all"));
    words.addAll(List.of("-i", folder.resolve("hosts").toString()));
    words.addAll(List.of("--ssh-config", folder.resolve("config").toString()));
    words.addAll(List.of(more));
    return Main.execute(words.toArray(String[]::new), new Streams(stream, stream, terminal));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private void write(String file, String text, Object... values) {
    try {
      Files.writeString(folder.resolve(file), text.formatted(values));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void known(String settings, LoopbackSshd one, LoopbackSshd other) {
    write(
        "config",
        "UserKnownHostsFile %s\nGlobalKnownHostsFile none\nIdentityFile %s\nIdentityFile %s\nIdentitiesOnly yes\n"
            + settings,
        folder.resolve("known"),
        one.privateKeyFile(),
        other.privateKeyFile());
    write(
        "hosts",
        "one ansible_host=127.0.0.1 ansible_port=%d\nother ansible_host=127.0.0.1 ansible_port=%d\n",
        one.port(),
        other.port());
  }

  @Test
  void asksOnceAboutAllAndNotesThem() throws IOException {
    try (LoopbackSshd one = LoopbackSshd.start();
        LoopbackSshd other = LoopbackSshd.start()) {
      known("", one, other);
      write("known", "unfinished.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHh4");
      Typist typist = new Typist("y");
      assertThat(ping(typist)).as(this::said).isZero();
      assertThat(typist.asked).hasSize(1);
      assertThat(typist.asked.get(0))
          .startsWith("The keys of these 2 hosts are not known yet:\n  one (")
          .contains("ssh-ed25519 key SHA256:" + fingerprint(one), fingerprint(other))
          .contains("note that in " + folder.resolve("known") + "? [y/N]");
      assertThat(Files.readAllLines(folder.resolve("known"))).hasSize(3);
      assertThat(ping(new Typist())).as(this::said).isZero();
    }
  }

  @Test
  void nothingIsDoneWhereTheyAreNotBelieved() throws IOException {
    try (LoopbackSshd one = LoopbackSshd.start();
        LoopbackSshd other = LoopbackSshd.start()) {
      known("", one, other);
      assertThat(ping(new Typist("n"))).isEqualTo(5);
      assertThat(said()).contains("the keys of hosts are not believed").doesNotContain(" ok ");
      assertThat(folder.resolve("known")).doesNotExist();
    }
  }

  @Test
  void nobodyIsAskedWhereOnlyKnownKeysCountOrNobodyIsThere() throws IOException {
    try (LoopbackSshd one = LoopbackSshd.start();
        LoopbackSshd other = LoopbackSshd.start()) {
      known("StrictHostKeyChecking yes\n", one, other);
      Typist typist = new Typist();
      assertThat(ping(typist)).isEqualTo(4);
      known("", one, other);
      assertThat(ping(Terminal.NONE)).isEqualTo(4);
      assertThat(ping(typist, "--json")).isEqualTo(4);
      assertThat(typist.asked).isEmpty();
      assertThat(said()).contains("the host key is not known");
    }
  }

  @Test
  void aKeyThatHasChangedIsNotAskedAbout() throws IOException {
    try (LoopbackSshd one = LoopbackSshd.start();
        LoopbackSshd other = LoopbackSshd.start()) {
      known("", one, other);
      String wrong = Files.readString(other.knownHostsFile()).split(" ", 2)[1];
      Files.writeString(
          folder.resolve("known"),
          "[127.0.0.1]:" + one.port() + " " + wrong + Files.readString(other.knownHostsFile()));
      Typist typist = new Typist();
      assertThat(ping(typist)).isEqualTo(4);
      assertThat(typist.asked).isEmpty();
      assertThat(said()).contains("the host key has changed");
    }
  }

  @Test
  void whatStandsBehindAnUnknownJumpHostIsAskedAboutAfterIt() throws IOException {
    try (LoopbackSshd one = LoopbackSshd.start();
        LoopbackSshd other = LoopbackSshd.start()) {
      known(
          "Host behind\n  HostName 127.0.0.1\n  ProxyJump 127.0.0.1:" + one.port() + "\n",
          one,
          other);
      write("hosts", "behind ansible_port=%d\n", other.port());
      Typist typist = new Typist("y", "yes");
      assertThat(ping(typist)).as(this::said).isZero();
      assertThat(typist.asked).hasSize(2);
      assertThat(typist.asked.get(0)).contains("The key of this host", fingerprint(one));
      assertThat(typist.asked.get(1)).contains("through 127.0.0.1", fingerprint(other));
    }
  }

  @Test
  void hostThatCannotBeReachedIsToldByTheRun() throws IOException {
    try (LoopbackSshd one = LoopbackSshd.start();
        LoopbackSshd other = LoopbackSshd.start()) {
      known("", one, other);
      write(
          "hosts",
          "one ansible_host=127.0.0.1 ansible_port=%d\nother ansible_host=127.0.0.1 ansible_port=1\n",
          one.port());
      Typist typist = new Typist("y");
      assertThat(ping(typist)).isEqualTo(4);
      assertThat(typist.asked).hasSize(1);
      assertThat(typist.asked.get(0)).contains("The key of this host", fingerprint(one));
      assertThat(said()).contains("one                  ok", "other                UNREACHABLE");
    }
  }

  /** Another run, or ssh, asks about the same host and is answered first. */
  @Test
  void keyThatIsNotedMeanwhileIsNotNotedTwice() throws IOException {
    try (LoopbackSshd one = LoopbackSshd.start();
        LoopbackSshd other = LoopbackSshd.start()) {
      known("", one, other);
      String line = Files.readString(one.knownHostsFile());
      Typist slow = new Typist(() -> write("known", "%s", line), "y");
      assertThat(ping(slow)).isEqualTo(5);
      assertThat(said())
          .contains("could not be noted", "a key of this host was noted meanwhile; run it again")
          .doesNotContain(" ok ");
      assertThat(folder.resolve("known")).hasContent(line);
      Typist again = new Typist("y");
      assertThat(ping(again)).as(this::said).isZero();
      assertThat(again.asked).hasSize(1);
      assertThat(again.asked.get(0))
          .startsWith("The key of this host is not known yet:\n  other (")
          .doesNotContain(fingerprint(one));
    }
  }

  /** As known_hosts has the key, by the JDK alone. */
  private static String fingerprint(LoopbackSshd server) throws IOException {
    String blob = Files.readString(server.knownHostsFile()).split(" ")[2].strip();
    try {
      byte[] digest =
          java.security.MessageDigest.getInstance("SHA-256")
              .digest(java.util.Base64.getDecoder().decode(blob));
      return java.util.Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

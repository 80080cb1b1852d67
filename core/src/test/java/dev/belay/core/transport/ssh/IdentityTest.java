package dev.belay.core.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.core.remote.Secret;
import dev.belay.core.transport.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class IdentityTest {

  private static final String PHRASE = "open sesame";

  @TempDir static Path folder;
  private static LoopbackSshd sshd;
  private static Path known;

  @BeforeAll
  static void start() throws Exception {
    sshd = LoopbackSshd.start(folder, List.of("ed25519"));
    known = Files.writeString(folder.resolve("known"), sshd.knownHostsLine("ed25519"));
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  private static Path authorized(String name, String type, String phrase, String... more)
      throws Exception {
    Path key = LoopbackSshd.key(folder, name, type, phrase, more);
    sshd.authorize(key);
    return key;
  }

  private static void connect(Passphrases passphrases, Path... keys) {
    String user = System.getProperty("user.name");
    Duration timeout = Duration.ofSeconds(20);
    SshTarget target =
        new SshTarget("cp-1", "127.0.0.1", sshd.port, user, List.of(keys), List.of(known), timeout);
    SshConnection.open(target, passphrases).close();
  }

  private static UnreachableException refusal(Passphrases passphrases, Path... keys) {
    UnreachableException refusal =
        catchThrowableOfType(UnreachableException.class, () -> connect(passphrases, keys));
    assertThat(refusal).as("refused").isNotNull();
    return refusal;
  }

  @ParameterizedTest
  @CsvSource({
    "ed25519,RFC4716",
    "rsa,RFC4716",
    "ecdsa,RFC4716",
    "rsa,PEM",
    "ecdsa,PEM",
    "rsa,PKCS8"
  })
  void logsInWithEveryKindOfKey(String type, String format) throws Exception {
    connect(Passphrases.NONE, authorized(type + format, type, "", "-m", format));
  }

  @ParameterizedTest
  @CsvSource({"ed25519,RFC4716", "rsa,RFC4716", "ecdsa,RFC4716", "rsa,PEM", "rsa,PKCS8"})
  void asksForThePassphraseOfAnEncryptedKey(String type, String format) throws Exception {
    Path key = authorized("locked" + type + format, type, PHRASE, "-m", format);
    List<String> asked = new ArrayList<>();
    connect(
        (file, attempt) -> {
          asked.add(file.getFileName() + " " + attempt);
          return Optional.of(Secret.of(attempt == 1 ? "wrong" : PHRASE));
        },
        key);
    String name = "locked" + type + format;
    assertThat(asked).containsExactly(name + " 1", name + " 2");
  }

  @Test
  void saysWhenNobodyCanBeAskedOrTheAnswersAreWrong() throws Exception {
    Path key = LoopbackSshd.key(folder, "shut", "ed25519", PHRASE);
    assertThat(refusal(Passphrases.NONE, key))
        .hasMessageContaining(key + " is encrypted, and there is no terminal");
    assertThat(refusal((file, attempt) -> Optional.of(Secret.of("wr" + attempt)), key))
        .hasMessageContaining(key + " does not open with the passphrase given");
  }

  @Test
  void believesTheKeyFileAndNotAForeignPublicHalf() throws Exception {
    Path key = authorized("mixed", "ed25519", "");
    Path other = LoopbackSshd.key(folder, "foreign", "ed25519", "");
    Files.writeString(Path.of(key + ".pub"), Files.readString(Path.of(other + ".pub")));
    connect(Passphrases.NONE, key);
  }

  @Test
  void triesOneKeyAfterAnother() throws Exception {
    Path wrong = LoopbackSshd.key(folder, "wrong1", "rsa", "");
    connect(Passphrases.NONE, wrong, authorized("right", "ed25519", ""));
  }

  @Test
  void saysWhichKeysWereRefused() throws Exception {
    Path one = LoopbackSshd.key(folder, "no1", "ed25519", "");
    Path two = LoopbackSshd.key(folder, "no2", "ed25519", "");
    String print = LoopbackSshd.run("ssh-keygen", "-l", "-f", one.toString()).split(" ")[1];
    UnreachableException refusal = refusal(Passphrases.NONE, one, two);
    assertThat(refusal)
        .hasMessageContaining("permission denied (server allows: publickey)")
        .hasMessageContaining("user " + System.getProperty("user.name"))
        .hasMessageContaining(one + " (ssh-ed25519 " + print + ")")
        .hasMessageContaining(two.toString());
    assertThat(refusal.advice()).contains("authorized_keys");
  }

  @Test
  void saysWhenTheServerLosesPatience() throws Exception {
    Path[] keys = new Path[8];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = LoopbackSshd.key(folder, "many" + i, "ed25519", "");
    }
    assertThat(refusal(Passphrases.NONE, keys)).hasMessageContaining("broke off the login after");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    assertThat(refusal(Passphrases.NONE, folder.resolve("absent")))
        .hasMessageContaining("absent does not exist");
    assertThat(refusal(Passphrases.NONE, folder)).hasMessageContaining("no private key");
    Path garbage = Files.writeString(folder.resolve("garbage"), "hello\n");
    assertThat(refusal(Passphrases.NONE, garbage)).hasMessageContaining("no private key");
    Path publicHalf = Path.of(LoopbackSshd.key(folder, "half", "ed25519", "") + ".pub");
    assertThat(refusal(Passphrases.NONE, publicHalf).advice()).contains("not its .pub file");
  }

  @Test
  void saysWhenAKeyFileIsDamaged() throws Exception {
    for (String format : List.of("RFC4716", "PEM")) {
      Path whole = LoopbackSshd.key(folder, "whole" + format, "rsa", "", "-m", format);
      List<String> lines = Files.readAllLines(whole);
      for (int cut : new int[] {1, 2, lines.size() / 2}) {
        Path part = Files.write(folder.resolve("part"), lines.subList(0, cut));
        assertThat(refusal(Passphrases.NONE, part)).hasMessageContaining("no private key");
      }
    }
  }

  @Test
  void saysWhenThereIsNoKeyAtAll() throws Exception {
    String home = System.getProperty("user.home");
    System.setProperty("user.home", Files.createDirectories(folder.resolve("home")).toString());
    try {
      assertThatThrownBy(() -> connect(Passphrases.NONE))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("no private key to log in with")
          .hasMessageContaining("id_ed25519");
      Path ssh = Files.createDirectories(folder.resolve("home/.ssh"));
      Files.copy(authorized("usual", "ed25519", ""), ssh.resolve("id_ed25519"));
      connect(Passphrases.NONE);
    } finally {
      System.setProperty("user.home", home);
    }
  }
}

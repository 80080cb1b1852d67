package dev.belay.dsl.secret;

import static dev.belay.dsl.Secrets.age;
import static dev.belay.dsl.Secrets.env;
import static dev.belay.dsl.Secrets.fromCommand;
import static dev.belay.dsl.Secrets.fromFile;
import static dev.belay.dsl.Secrets.prompt;
import static dev.belay.dsl.Secrets.secret;
import static dev.belay.dsl.Secrets.vault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.remote.Secret;
import dev.belay.core.secret.VaultKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the real age and ansible-vault: src/test/resources/secret/make.sh made them. */
class SecretSourceTest {

  private static final Path SAMPLES = Path.of("src/test/resources/secret");

  @TempDir Path folder;

  @AfterEach
  void forgetVaultPasswords() {
    VaultPasswords.give(Optional.empty());
  }

  private static String sample(String name) {
    return SAMPLES.resolve(name).toString();
  }

  private String file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "s", ""), text).toString();
  }

  @Test
  void readsTheEnvironment() {
    assertThat(secret(env("LC_ALL")).reveal()).isEqualTo("C.UTF-8");
    assertThatThrownBy(() -> secret(env("BELAY_NOT_SET")))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining(
            "no secret from the environment variable BELAY_NOT_SET: it is not set")
        .hasMessageContaining("do: export BELAY_NOT_SET");
  }

  @Test
  void readsAFileWithoutTheEndOfItsOnlyLine() throws IOException {
    assertThat(secret(fromFile(file("pass word\r\n"))).reveal()).isEqualTo("pass word");
    assertThat(secret(fromFile(file("pass word"))).reveal()).isEqualTo("pass word");
    assertThat(secret(fromFile(file("one\ntwo\n"))).reveal()).isEqualTo("one\ntwo\n");
    assertThatThrownBy(() -> secret(fromFile("/does/not/exist")))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("the file /does/not/exist");
    Path bytes = Files.write(folder.resolve("bytes"), new byte[] {'a', 'b', 'c', 'd', -1});
    assertThatThrownBy(() -> secret(fromFile(bytes.toString())))
        .hasMessageContaining("no text in UTF-8")
        .hasMessageNotContaining("abcd");
  }

  @Test
  void refusesWhatNoMaskCouldHide() throws IOException {
    for (String value : List.of("", "\n", "   ", "qzx\n", " ab ")) {
      String file = file(value);
      assertThatThrownBy(() -> secret(fromFile(file)))
          .as(value)
          .isInstanceOf(SecretUnreadableException.class)
          .hasMessageContaining("it ")
          .hasMessageNotContaining("qzx");
    }
  }

  @Test
  void readsWhatACommandPrints() {
    assertThat(secret(fromCommand("printf", "%s\\n", "from a command")).reveal())
        .isEqualTo("from a command");
    assertThatThrownBy(() -> secret(fromCommand("sh", "-c", "echo pl4nted-wrongly; exit 3")))
        .hasMessageContaining("exit code 3")
        .hasMessageContaining("the command sh -c");
    assertThatThrownBy(() -> secret(fromCommand("belay-no-such-program")))
        .isInstanceOf(SecretUnreadableException.class);
  }

  @Test
  void readsASourceOnce() throws IOException {
    String count = file("");
    var command = fromCommand("sh", "-c", "echo x >>\"$1\"; echo counted", "sh", count);
    assertThat(secret(command)).isEqualTo(Secret.of("counted"));
    assertThat(secret(fromCommand("sh", "-c", "echo x >>\"$1\"; echo counted", "sh", count)))
        .isEqualTo(Secret.of("counted"));
    assertThat(Files.readAllLines(Path.of(count))).hasSize(1);
  }

  @Test
  void saysThatNobodyCanBeAsked() {
    assertThatThrownBy(() -> secret(prompt("Password of the database")))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("Password of the database")
        .hasMessageContaining("nobody can be asked");
  }

  @Test
  void readsAgeFiles() {
    String identity = sample("identity");
    assertThat(secret(age(sample("one.age"), identity)).reveal()).isEqualTo("pl4nted-by-age");
    assertThat(secret(age(sample("lines.age"), identity)).reveal())
        .isEqualTo("first line of a key\nsecond line of a key\n");
    assertThat(secret(age(sample("long.age"), identity)).reveal()).isEqualTo("z".repeat(70_000));
  }

  @Test
  void readsAgeFilesWithAPassphrase() throws IOException {
    String file = sample("passphrase.age");
    assertThat(secret(age(file, fromFile(file("correct horse")))).reveal())
        .isEqualTo("pl4nted-by-passphrase");
    String wrong = file("wrong horse");
    assertThatThrownBy(() -> secret(age(file, fromFile(wrong))))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageNotContaining("horse");
  }

  @Test
  void refusesAgeFilesThatAreForOthersOrAltered() throws IOException {
    assertThatThrownBy(() -> secret(age(sample("others.age"), sample("identity"))))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("others.age");
    String ssh = file("-----BEGIN OPENSSH PRIVATE KEY-----\n");
    assertThatThrownBy(() -> secret(age(sample("one.age"), ssh)))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("age -d -i");
    assertThatThrownBy(() -> secret(age(sample("one.age"), fromFile(ssh))))
        .isInstanceOf(SecretUnreadableException.class);
    byte[] whole = Files.readAllBytes(SAMPLES.resolve("one.age"));
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      byte[] altered = whole.clone();
      altered[random.nextInt(whole.length)] ^= (byte) (1 + random.nextInt(255));
      Path file = Files.write(folder.resolve("altered" + i), altered);
      assertThatThrownBy(() -> secret(age(file.toString(), sample("identity"))))
          .as("seed %d", seed)
          .isInstanceOf(SecretUnreadableException.class);
    }
  }

  @Test
  void readsVaults() {
    VaultPasswords.give(Optional.of(VaultPasswords.of(List.of(sample("vault-password")))));
    assertThat(secret(vault(sample("whole.yaml"), "db", "password")).reveal())
        .isEqualTo("pl4nted-in-a-vault");
    assertThat(secret(vault(sample("whole.yaml"), "db", "port")).reveal()).isEqualTo("5432");
    assertThat(secret(vault(sample("whole.yaml"))).reveal()).startsWith("db: {password: pl4nted");
    assertThat(secret(vault(sample("strings.yaml"), "password")).reveal())
        .isEqualTo("pl4nted-as-a-string");
    assertThatThrownBy(() -> secret(vault(sample("strings.yaml"), "user")))
        .hasMessageContaining("user is not encrypted");
    assertThatThrownBy(() -> secret(vault(sample("strings.yaml"), "none")))
        .hasMessageContaining("it has no none");
    assertThatThrownBy(() -> secret(vault(sample("whole.yaml"), "db", "list")))
        .hasMessageContaining("db.list is no single value");
  }

  @Test
  void asksAScriptForThePasswordOfAVault() throws IOException {
    Path script = folder.resolve("script");
    Files.copy(SAMPLES.resolve("vault-script"), script);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    assertThat(VaultPasswords.of(List.of(script.toString())))
        .isEqualTo(VaultKeys.NONE.and(Secret.of("open sesame")));
    Files.writeString(script, "#!/bin/sh\nexit 1\n");
    assertThatThrownBy(() -> VaultPasswords.of(List.of(script.toString())))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("exit code 1");
    Files.writeString(script, "#!/bin/sh\n");
    assertThatThrownBy(() -> VaultPasswords.of(List.of(script.toString())))
        .hasMessageContaining("it is empty");
    assertThatThrownBy(() -> VaultPasswords.of(List.of("/does/not/exist")))
        .isInstanceOf(SecretUnreadableException.class);
  }

  @Test
  void namesTheVaultWhosePasswordIsMissing() throws IOException {
    VaultPasswords.give(Optional.of(VaultKeys.NONE));
    String copy = file(Files.readString(SAMPLES.resolve("whole.yaml")));
    assertThatThrownBy(() -> secret(vault(copy, "db", "password")))
        .isInstanceOf(SecretUnreadableException.class)
        .hasMessageContaining("no secret from db.password in the vault " + copy)
        .hasMessageContaining("--vault-password-file");
  }
}

package dev.belay.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.remote.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what the real ansible-vault wrote: src/test/resources/vault/make.sh made it. */
class AnsibleVaultTest {

  private static final VaultKeys BOTH =
      VaultKeys.NONE.and(Secret.of("other word"), Secret.of("open sesame"));

  private static String sample(String name) throws IOException {
    try (InputStream in = AnsibleVaultTest.class.getResourceAsStream("/vault/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({"whole.vault, plain.yaml", "labelled.vault, plain.yaml", "empty.vault,"})
  void readsWhatAnsibleVaultWrote(String vault, String plain) throws IOException {
    assertThat(AnsibleVault.isVault(sample(vault).getBytes(StandardCharsets.UTF_8))).isTrue();
    String expected = plain == null ? "" : sample(plain);
    assertThat(new String(AnsibleVault.decrypt(sample(vault), BOTH), StandardCharsets.UTF_8))
        .isEqualTo(expected);
    String windows = sample(vault).replace("\n", "\r\n  ");
    assertThat(AnsibleVault.decrypt(windows, BOTH))
        .isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void saysThatThePasswordIsAnother() throws IOException {
    String vault = sample("whole.vault");
    assertThatThrownBy(() -> AnsibleVault.decrypt(vault, VaultKeys.NONE))
        .isInstanceOf(VaultRefusedException.class)
        .hasMessageContaining("no password is given");
    assertThatThrownBy(
            () -> AnsibleVault.decrypt(vault, VaultKeys.NONE.and(Secret.of("wrong-word-1"))))
        .isInstanceOf(VaultRefusedException.class)
        .hasMessage("the password of Ansible Vault does not fit")
        .hasMessageNotContaining("wrong-word-1");
    VaultKeys two = VaultKeys.NONE.and(Secret.of("wrong-word-1"), Secret.of("wrong-word-2"));
    assertThatThrownBy(() -> AnsibleVault.decrypt(vault, two))
        .hasMessage("none of the 2 vault passwords fits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain: 1",
        "$ANSIBLE_VAULT;",
        "$ANSIBLE_VAULT;1.0;AES\n00",
        "$ANSIBLE_VAULT;1.1;AES256",
        "$ANSIBLE_VAULT;1.1;AES256\n",
        "$ANSIBLE_VAULT;1.1;AES256\nzz",
        "$ANSIBLE_VAULT;1.1;AES256\n000",
        "$ANSIBLE_VAULT;1.1;AES256\n0a0a",
        "$ANSIBLE_VAULT;1.2;AES256;x\n300a"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> AnsibleVault.decrypt(text, BOTH))
        .isInstanceOf(VaultRefusedException.class);
  }

  /** Any change of what it means is seen, and never an unclear exception. */
  @Test
  void refusesWhatWasAltered() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String vault = sample("whole.vault");
    for (int i = 0; i < 60; i++) {
      StringBuilder altered = new StringBuilder(vault);
      int body = vault.indexOf('\n');
      int at = body + random.nextInt(vault.length() - 1 - body);
      char other = "0123456789abcdef;$\n z".charAt(random.nextInt(21));
      if (Character.isWhitespace(vault.charAt(at)) || vault.charAt(at) == other || other <= ' ') {
        altered.setLength(at);
      } else {
        altered.setCharAt(at, other);
      }
      assertThat(decryptedOrRefused(altered.toString()))
          .as("seed %d, at %d", seed, at)
          .isIn("refused", sample("plain.yaml"));
    }
  }

  /** A digit in the other case means the same: then the plain text is as it was. */
  private static String decryptedOrRefused(String vault) {
    try {
      return new String(AnsibleVault.decrypt(vault, BOTH), StandardCharsets.UTF_8);
    } catch (VaultRefusedException refused) {
      return "refused";
    }
  }
}

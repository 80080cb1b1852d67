package dev.belay.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.inventory.InventoryText.Kind;
import dev.belay.core.remote.KnownSecrets;
import dev.belay.core.remote.Secret;
import dev.belay.core.secret.VaultKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VaultVarsTest {

  private static final VaultKeys KEYS = VaultKeys.NONE.and(Secret.of("open sesame"));

  private static byte[] sample(String name) throws IOException {
    try (InputStream in = VaultVarsTest.class.getResourceAsStream("/vault/" + name)) {
      return in.readAllBytes();
    }
  }

  private static Host host(byte[] vars, VaultKeys keys) {
    InventoryText hosts =
        InventoryText.of("hosts", Kind.INI, "[web]\nw1\n".getBytes(StandardCharsets.UTF_8));
    VarsText text = new VarsText(".", "web", true, "group_vars/web.yml", vars);
    return InventoryTexts.read(List.of(hosts), List.of(text), List.of(), keys)
        .host("w1")
        .orElseThrow();
  }

  @Test
  void readsAWholeFileAsSecrets() throws IOException {
    Map<String, Object> vars = host(sample("whole.vault"), KEYS).vars();
    assertThat(vars)
        .containsEntry("db_user", Secret.of("admin"))
        .containsEntry("db_password", Secret.of("pl4nted in a vault: ö"))
        .containsEntry("port", 5432)
        .containsEntry("nested", Map.of("token", Secret.of("t0ken-of-the-vault")));
    assertThat(KnownSecrets.masked("got t0ken-of-the-vault")).isEqualTo("got " + Secret.MASK);
  }

  @Test
  void readsSingleValuesAsSecretsAndTheRestAsTheyAre() throws IOException {
    Map<String, Object> vars = host(sample("strings.yaml"), KEYS).vars();
    assertThat(vars)
        .containsEntry("plain", 1)
        .containsEntry("db_password", Secret.of("pl4nted in a string"))
        .containsEntry("list", List.of(Secret.of("second-pl4nted")));
  }

  @Test
  void readsThePasswordOfSudoAndWhereAHostIs() throws IOException {
    String vault =
        new String(sample("strings.yaml"), StandardCharsets.UTF_8).replaceAll("(?s)list:.*", "");
    Host host =
        host(
            vault
                .replace("db_password", "ansible_become_password")
                .getBytes(StandardCharsets.UTF_8),
            KEYS);
    assertThat(host.become().password()).contains(Secret.of("pl4nted in a string"));
    assertThatThrownBy(
            () ->
                host(
                    vault.replace("db_password", "ansible_user").getBytes(StandardCharsets.UTF_8),
                    KEYS))
        .as("a user's name with blanks, read all the same")
        .hasMessageContaining("is no user name");
  }

  @Test
  void saysWhereThePasswordIsMissingOrWrong() throws IOException {
    byte[] whole = sample("whole.vault");
    byte[] single = sample("strings.yaml");
    assertThatThrownBy(() -> host(whole, VaultKeys.NONE))
        .isInstanceOf(InventoryException.class)
        .hasMessageStartingWith("group_vars/web.yml, line 1, column 1: ")
        .hasMessageContaining("--vault-password-file");
    assertThatThrownBy(() -> host(single, VaultKeys.NONE.and(Secret.of("not that one"))))
        .hasMessageStartingWith("group_vars/web.yml, line 2, column 14: ")
        .hasMessageContaining("does not fit");
    assertThatThrownBy(() -> host("a: !vault [x]".getBytes(StandardCharsets.UTF_8), KEYS))
        .hasMessageContaining("!vault stands before something else");
  }
}

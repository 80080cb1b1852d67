package dev.belay.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.inventory.InventoryText.Kind;
import dev.belay.core.remote.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comparing with Ansible does not show. */
class InventoryTextsTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Inventory ini(String text) {
    return InventoryTexts.read(
        List.of(InventoryText.of("hosts.ini", Kind.INI, bytes(text))), List.of());
  }

  @Test
  void connectsAsIniVariablesSay() {
    Host host =
        ini("[web]\nw1:2200 ansible_host=10.0.0.1 ansible_become=yes ansible_become_pass=12345\n"
                + "[web:vars]\nansible_user=ops\nansible_ssh_private_key_file=~/k\n")
            .host("w1")
            .orElseThrow();
    assertThat(host.toString()).isEqualTo("w1 (ops@10.0.0.1:2200)");
    assertThat(host.identityFiles()).containsExactly(new IdentityFile("~/k"));
    assertThat(host.become().isEnabled(false)).isTrue();
    assertThat(host.become().password()).contains(Secret.of("12345"));
  }

  @Test
  void namesFileAndLineOfAValueThatIsOfNoUse() {
    assertThatThrownBy(() -> ini("h1\nh2 ansible_port=many\n"))
        .isInstanceOf(InventoryException.class)
        .hasMessageStartingWith("hosts.ini, line 2, column 1: ansible_port: \"many\" is no port");
    assertThatThrownBy(() -> ini("[g]\nh\n[g:vars]\n  ansible_user={{ me }}\n"))
        .hasMessageStartingWith("hosts.ini, line 4, column 3: ansible_user: templates");
    assertThatThrownBy(() -> ini("h ansible_password=x"))
        .hasMessageContaining("logging in by password is not supported")
        .hasMessageNotContaining("=x");
    assertThatThrownBy(() -> ini("h a='{1, 2}'")).hasMessageContaining("a: a set is no value");
  }

  @Test
  void namesTheFileOfAValueInGroupVars() {
    InventoryText hosts = InventoryText.of("hosts", Kind.INI, bytes("[web]\nw1\n"));
    VarsText vars =
        new VarsText(".", "web", true, "group_vars/web.yml", bytes("x: 1\nansible_port: 0\n"));
    assertThatThrownBy(() -> InventoryTexts.read(List.of(hosts), List.of(vars)))
        .hasMessageStartingWith("group_vars/web.yml, line 2, column 15: ansible_port");
    VarsText vault =
        new VarsText(".", "web", true, "group_vars/web", bytes("$ANSIBLE_VAULT;1.1;AES256\n33\n"));
    assertThatThrownBy(() -> InventoryTexts.read(List.of(hosts), List.of(vault)))
        .hasMessageContaining("encrypted with Ansible Vault");
  }

  @Test
  void refusesWhatNoScriptPrints() {
    for (String printed : List.of("", "[]", "{\"a\": {\"hosts\": 1}}", "{\"a\": [1]}", "{")) {
      InventoryText text = InventoryText.of("inv.sh", Kind.SCRIPT, bytes(printed));
      assertThatThrownBy(() -> InventoryTexts.read(List.of(text), List.of()))
          .as(printed)
          .isInstanceOf(InventoryException.class)
          .hasMessageStartingWith("inv.sh, line 1, column 1: ");
    }
  }

  @Test
  void givesAScriptsHostVariablesOnlyToItsHosts() {
    assertThat(InventoryTexts.hostsToAsk("s", bytes("{\"a\": [\"h1\", \"h2\"]}")))
        .containsExactly("h1", "h2");
    assertThat(InventoryTexts.hostsToAsk("s", bytes("{\"_meta\": {\"hostvars\": {}}}"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void readsAnyTextOrRefusesItByName(Kind kind) {
    long seed = RandomGenerator.getDefault().nextLong();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<String> pieces =
        List.of(
            "[",
            "]",
            "[web]\n",
            ":children]\n",
            ":vars]\n",
            "all",
            "web",
            "h1",
            "h[1:3]",
            " ",
            "\n",
            "=",
            "'",
            "\"",
            "\\",
            "{",
            "}",
            ",",
            "(",
            ")",
            "1",
            ".5",
            "0x",
            "e9",
            "-",
            "_",
            "#",
            ";",
            "a=",
            "u'",
            "\\x4",
            "{{",
            ":",
            ": ",
            "ansible_port=",
            "ansible_host",
            "é",
            "\u0000",
            "true",
            "null",
            "{\"a\": ",
            "hosts",
            "\"vars\"",
            "@",
            "2001:db8::1");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = random.nextInt(20); piece >= 0; piece--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      try {
        InventoryText source = InventoryText.of("any", kind, bytes(text.toString()));
        InventoryTexts.read(List.of(source), List.of());
      } catch (InventoryException named) {
        assertThat(named.advice()).isNotEmpty();
      } catch (RuntimeException unclear) {
        throw new AssertionError("seed " + seed + ": " + text, unclear);
      }
    }
  }
}

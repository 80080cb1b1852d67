package dev.belay.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h1|[h1 (h1:22)]",
        "h1,|[h1 (h1:22)]",
        "h1,h2:2222,user@h3,|[h1 (h1:22), h2 (h2:2222), h3 (user@h3:22)]",
        " h1 , h2 |[h1 (h1:22), h2 (h2:22)]",
        "root@10.0.0.1:2200|[10.0.0.1 (root@10.0.0.1:2200)]",
        "2001:db8::1,|[2001:db8::1 ([2001:db8::1]:22)]",
        "[2001:db8::1]:2222|[2001:db8::1 ([2001:db8::1]:2222)]",
        "a@[::1],|[::1 (a@[::1]:22)]",
        "fe80::1%eth0|[fe80::1%eth0 ([fe80::1%eth0]:22)]",
        "cp[1:2]|[cp1 (cp1:22), cp2 (cp2:22)]",
        "r[1:2]n[a:c:2]:7|[r1na (r1na:7), r1nc (r1nc:7), r2na (r2na:7), r2nc (r2nc:7)]",
        "n[08:10]|[n08 (n08:22), n09 (n09:22), n10 (n10:22)]",
        "n[:1]|[n0 (n0:22), n1 (n1:22)]",
        "[1:2].example.com|[1.example.com (1.example.com:22), 2.example.com (2.example.com:22)]"
      })
  void readsHostsFromOneText(String text, String hosts) {
    assertThat(Inventory.literal(text).hosts()).hasToString(hosts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ",", "h1,-x", "a b", "h:port", "h:0", "@h", "-l@h", "u@", "a/b", "h1,[::1", "::1::",
        "h*"
      })
  void refusesWhatIsNoHost(String text) {
    assertThatThrownBy(() -> Inventory.literal(text))
        .isInstanceOf(InventoryException.class)
        .hasMessageStartingWith("inventory \"")
        .hasMessageContaining("\n    do: ");
  }

  @Test
  void putsLiteralHostsIntoAllAndUngrouped() {
    Inventory inventory = Inventory.literal("h1,h2");

    assertThat(inventory.groupsOf("h2")).containsExactly("all", "ungrouped");
    assertThat(inventory.group("web")).isEmpty();
    assertThat(inventory.host("h3")).isEmpty();
  }

  @Test
  void refusesTwoHostsOfOneName() {
    assertThatThrownBy(() -> Inventory.of(List.of(Host.named("a"), Host.named("a"))))
        .isInstanceOf(InventoryException.class)
        .hasMessageContaining("\"a\" is there twice");
  }

  @ParameterizedTest
  @CsvSource({
    "~/.ssh/id,/home/jo/.ssh/id",
    "~,/home/jo",
    "/etc/key,/etc/key",
    "keys/id,keys/id",
    "~jo/id,~jo/id"
  })
  void resolvesTheHomeOfAKeyFile(String raw, String path) {
    assertThat(new IdentityFile(raw).path(Path.of("/home/jo"))).isEqualTo(Path.of(path));
    assertThat(new IdentityFile(raw)).hasToString(raw);
  }

  @Test
  void takesTheHomeOfWhoeverRunsIt() {
    assertThat(new IdentityFile("~/id").path())
        .isEqualTo(Path.of(System.getProperty("user.home"), "id"));
  }
}

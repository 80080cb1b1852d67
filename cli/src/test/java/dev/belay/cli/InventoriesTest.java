package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.secret.VaultKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoriesTest {

  @TempDir Path directory;

  @Test
  void joinsHostsAndGroupsOfAllSources() throws IOException {
    Path one = write("one.yaml", "web:\n  hosts:\n    w1:\n    w2:\n");
    Path two = write("two.yaml", "web:\n  hosts:\n    w3:\ndb:\n  hosts:\n    w2:\n");
    Inventory joined =
        Inventories.read(
            List.of(one.toString(), two.toString(), "single,w1:2022,"), List.of(), VaultKeys.NONE);
    assertThat(joined.hosts()).extracting(Host::name).containsExactly("w1", "w2", "w3", "single");
    assertThat(joined.group("web").orElseThrow().hosts()).containsExactly("w1", "w2", "w3");
    assertThat(joined.group("db").orElseThrow().hosts()).containsExactly("w2");
    assertThat(joined.group("all").orElseThrow().hosts())
        .containsExactly("w1", "w2", "w3", "single");
    assertThat(joined.group("ungrouped").orElseThrow().hosts()).containsExactly("single");
    assertThat(joined.host("w1").orElseThrow().portOrDefault()).isEqualTo(2022);
  }

  @Test
  void selectsHostsOfAPattern() {
    Inventory inventory = Inventories.read(List.of("cp1,cp2,w1,"), List.of(), VaultKeys.NONE);
    assertThat(Inventories.select("cp*:!cp2", inventory))
        .extracting(Host::name)
        .containsExactly("cp1");
  }

  @Test
  void refusesAPatternOfWhichAPartIsUnknown() {
    Inventory inventory = Inventories.read(List.of("cp1,cp2,"), List.of(), VaultKeys.NONE);
    assertThatThrownBy(() -> Inventories.select("cp1,web", inventory))
        .isInstanceOfSatisfying(
            ComplaintException.class,
            complaint ->
                assertThat(complaint.text())
                    .contains("matches less than said", "no host or group is named \"web\"")
                    .contains("the inventory has cp1, cp2"));
  }

  @Test
  void saysWhereAnInventoryIsWrong() throws IOException {
    Path wrong = write("wrong.yaml", "all:\n  host:\n    cp1:\n");
    assertThatThrownBy(() -> Inventories.read(List.of(wrong.toString()), List.of(), VaultKeys.NONE))
        .isInstanceOfSatisfying(
            ComplaintException.class,
            complaint -> assertThat(complaint.text()).contains("wrong.yaml, line 2", "hosts"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}

package dev.belay.cli;

import dev.belay.core.inventory.ExtraText;
import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.HostPattern;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.inventory.InventoryException;
import dev.belay.core.inventory.InventoryTexts;
import dev.belay.core.secret.VaultKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Makes one inventory of all that {@code -i} names, and selects hosts of it. */
final class Inventories {

  private Inventories() {}

  /**
   * Reads and joins.
   *
   * @param sources each a file in YAML or INI, a script, a folder of these, or hosts with a comma
   *     after or between them
   * @param extraVars each variables as text, or {@code @} and the name of a file; win over all
   * @param vault passwords for what is encrypted in them
   * @throws ComplaintException when there is none, or one cannot be read
   */
  static Inventory read(List<String> sources, List<String> extraVars, VaultKeys vault) {
    if (sources.isEmpty()) {
      throw ComplaintException.usage(
          "no inventory given",
          "hosts or a file with -i",
          "no -i",
          "add -i inventory.yaml, or for a single host -i 'cp1,' with the comma");
    }
    try {
      InventoryFiles files = InventoryFiles.read(sources);
      return InventoryTexts.read(
          files.texts(), files.vars(), extraVars.stream().map(Inventories::extra).toList(), vault);
    } catch (InventoryException wrong) {
      throw complaint(wrong);
    }
  }

  private static ExtraText extra(String given) {
    if (!given.startsWith("@")) {
      return ExtraText.given(given);
    }
    String name = given.substring(1);
    try {
      return ExtraText.file(name, Files.readAllBytes(Path.of(name)));
    } catch (IOException | InvalidPathException unreadable) {
      throw ComplaintException.usage(
          "the variables in " + name + " cannot be read",
          "a file of variables in YAML or JSON",
          unreadable.toString(),
          "correct the name after -e @",
          unreadable);
    }
  }

  /**
   * Returns the hosts a pattern means.
   *
   * @throws ComplaintException when a name in it is unknown, or it means none
   */
  static List<Host> select(String pattern, Inventory inventory) {
    HostPattern parsed;
    try {
      parsed = HostPattern.of(pattern);
    } catch (InventoryException wrong) {
      throw complaint(wrong);
    }
    List<HostPattern.Unmatched> unknown = parsed.unmatched(inventory);
    List<Host> hosts = parsed.select(inventory);
    if (!unknown.isEmpty() || hosts.isEmpty()) {
      throw ComplaintException.usage(
          "host pattern "
              + pattern
              + " matches "
              + (hosts.isEmpty() ? "no host" : "less than said"),
          "hosts or groups of the inventory",
          unknown.isEmpty()
              ? "names that leave no host"
              : unknown.stream()
                  .map(HostPattern.Unmatched::toString)
                  .collect(Collectors.joining("; ")),
          "the inventory has " + some(inventory));
    }
    return hosts;
  }

  private static String some(Inventory inventory) {
    List<String> names = inventory.hosts().stream().map(Host::name).toList();
    String more = names.size() > 10 ? " and " + (names.size() - 10) + " more" : "";
    return String.join(", ", names.subList(0, Math.min(10, names.size()))) + more;
  }

  private static ComplaintException complaint(InventoryException wrong) {
    String message = wrong.getMessage().split("\n    do: ", 2)[0];
    return ComplaintException.usage(
        "the hosts cannot be understood",
        "an inventory or host pattern as Ansible has them",
        message,
        wrong.advice(),
        wrong);
  }
}

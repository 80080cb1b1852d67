package dev.belay.cli;

import dev.belay.core.inventory.Group;
import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.HostPattern;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.inventory.InventoryException;
import dev.belay.core.inventory.InventoryWarning;
import dev.belay.core.inventory.InventoryYaml;
import dev.belay.core.text.NearMiss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes one inventory of all that {@code -i} names, and selects hosts of it. */
final class Inventories {

  private Inventories() {}

  /**
   * Reads and joins.
   *
   * @param sources each a YAML file, or hosts with a comma after or between them
   * @throws ComplaintException when there is none, or one cannot be read
   */
  static Inventory read(List<String> sources) {
    if (sources.isEmpty()) {
      throw ComplaintException.usage(
          "no inventory given",
          "hosts or a file with -i",
          "no -i",
          "add -i inventory.yaml, or for a single host -i 'cp1,' with the comma");
    }
    try {
      return sources.stream().map(Inventories::read).reduce(Inventories::join).orElseThrow();
    } catch (InventoryException wrong) {
      throw complaint(wrong);
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

  private static Inventory read(String source) {
    if (source.contains(",")) {
      return Inventory.literal(source);
    }
    Path path = Path.of(source);
    if (!Files.isRegularFile(path)) {
      throw missing(source, path);
    }
    try {
      return InventoryYaml.read(Files.readAllBytes(path), source);
    } catch (IOException unreadable) {
      throw ComplaintException.usage(
          "inventory " + source + " cannot be read",
          "to read it",
          unreadable.toString(),
          "check its permissions",
          unreadable);
    }
  }

  private static ComplaintException missing(String source, Path path) {
    Optional<String> near = nearby(path);
    return ComplaintException.usage(
        "no inventory file " + source,
        "a YAML inventory at that path, or hosts with a comma",
        Files.isDirectory(path) ? "a directory" : "no such file",
        near.map(name -> "did you mean -i " + path.resolveSibling(name) + "?")
            .orElse(
                "correct the path; if it is a host, write -i '" + source + ",' with the comma"));
  }

  private static Optional<String> nearby(Path path) {
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      return NearMiss.of(path.getFileName().toString(), names);
    } catch (IOException noDirectory) {
      return Optional.empty();
    }
  }

  /** A host that both name is as the later one has it; groups of one name become one. */
  static Inventory join(Inventory first, Inventory second) {
    Map<String, Host> hosts = new LinkedHashMap<>();
    Stream.concat(first.hosts().stream(), second.hosts().stream())
        .forEach(host -> hosts.put(host.name(), host));
    Map<String, Group> groups = new LinkedHashMap<>();
    Stream.concat(first.groups().stream(), second.groups().stream())
        .forEach(group -> groups.merge(group.name(), group, Inventories::join));
    Set<String> grouped = new LinkedHashSet<>();
    groups.values().stream()
        .filter(group -> !isBuiltIn(group.name()))
        .forEach(group -> grouped.addAll(group.hosts()));
    List<String> alone = hosts.keySet().stream().filter(name -> !grouped.contains(name)).toList();
    groups.put(Group.UNGROUPED, new Group(Group.UNGROUPED, alone, List.of()));
    List<InventoryWarning> warnings = new ArrayList<>(first.warnings());
    warnings.addAll(second.warnings());
    return new Inventory(
        new ArrayList<>(hosts.values()), new ArrayList<>(groups.values()), warnings);
  }

  private static Group join(Group first, Group second) {
    return new Group(
        first.name(),
        union(first.hosts(), second.hosts()),
        union(first.children(), second.children()));
  }

  private static List<String> union(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).distinct().toList();
  }

  private static boolean isBuiltIn(String group) {
    return group.equals(Group.ALL) || group.equals(Group.UNGROUPED);
  }
}

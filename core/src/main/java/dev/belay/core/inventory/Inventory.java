package dev.belay.core.inventory;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The hosts there are and the groups they are in.
 *
 * @param hosts in the order in which the source names them first
 * @param groups with {@code all} and {@code ungrouped}, always there
 * @param warnings what is in the source and has no effect
 */
public record Inventory(List<Host> hosts, List<Group> groups, List<InventoryWarning> warnings) {

  /** Copies the lists. */
  public Inventory {
    hosts = List.copyOf(hosts);
    groups = List.copyOf(groups);
    warnings = List.copyOf(warnings);
  }

  /**
   * Returns an inventory of hosts without groups.
   *
   * @throws InventoryException for two hosts of one name
   */
  public static Inventory of(List<Host> hosts) {
    List<String> names = hosts.stream().map(Host::name).toList();
    names.stream()
        .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
        .findFirst()
        .ifPresent(
            twice -> {
              throw new InventoryException(
                  "inventory", "host \"" + twice + "\" is there twice", "name each host once");
            });
    Group all = new Group(Group.ALL, names, List.of(Group.UNGROUPED));
    return new Inventory(
        hosts, List.of(all, new Group(Group.UNGROUPED, names, List.of())), List.of());
  }

  /**
   * Reads hosts out of one text such as {@code h1,h2:2222,root@h3,} as the option -i takes it.
   *
   * <p>Each is {@code name}, {@code name:port}, {@code user@name}, an IP address, {@code
   * [IPv6]:port}, or a range such as {@code cp[1:3]}.
   *
   * @throws InventoryException naming the part that is none of these
   */
  public static Inventory literal(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    return InventoryTexts.read(
        List.of(InventoryText.of(text, InventoryText.Kind.HOSTS, content)), List.of());
  }

  /** Returns the host of a name. */
  public Optional<Host> host(String name) {
    return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
  }

  /** Returns the group of a name. */
  public Optional<Group> group(String name) {
    return groups.stream().filter(group -> group.name().equals(name)).findFirst();
  }

  /** Returns the names of the groups a host is in, all included. */
  public List<String> groupsOf(String host) {
    return groups.stream().filter(group -> group.hosts().contains(host)).map(Group::name).toList();
  }
}

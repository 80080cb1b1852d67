package dev.belay.core.inventory;

import java.util.List;

/**
 * A group of hosts.
 *
 * @param name its name
 * @param hosts names of its hosts and those of all groups below it, in the order of the inventory
 * @param children names of the groups directly below it
 */
public record Group(String name, List<String> hosts, List<String> children) {

  /** The group of all hosts. */
  public static final String ALL = "all";

  /** The group of the hosts that are in no other group but all. */
  public static final String UNGROUPED = "ungrouped";

  /** Copies the lists. */
  public Group {
    hosts = List.copyOf(hosts);
    children = List.copyOf(children);
  }
}

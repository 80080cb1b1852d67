package dev.belay.core.inventory;

import java.util.List;

/**
 * A group of hosts.
 *
 * @param name its name
 * @param hosts names of its hosts and those of all groups below it, in the order of the inventory
 * @param children names of the groups directly below it
 * @param ownHosts names of the hosts that are in it directly, in the order in which it got them
 */
public record Group(String name, List<String> hosts, List<String> children, List<String> ownHosts) {

  /** The group of all hosts. */
  public static final String ALL = "all";

  /** The group of the hosts that are in no other group but all. */
  public static final String UNGROUPED = "ungrouped";

  /** Copies the lists. */
  public Group {
    hosts = List.copyOf(hosts);
    children = List.copyOf(children);
    ownHosts = List.copyOf(ownHosts);
  }

  /** Returns a group all of whose hosts are in it directly. */
  public Group(String name, List<String> hosts, List<String> children) {
    this(name, hosts, children, hosts);
  }
}

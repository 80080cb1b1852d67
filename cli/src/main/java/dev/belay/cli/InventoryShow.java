package dev.belay.cli;

import dev.belay.core.inventory.Group;
import dev.belay.core.inventory.Host;
import dev.belay.core.inventory.Inventory;
import dev.belay.core.run.ExitCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows an inventory in the shapes of {@code ansible-inventory}; connects to nothing. */
final class InventoryShow {

  private final Inventory inventory;

  private InventoryShow(Inventory inventory) {
    this.inventory = inventory;
  }

  static ExitCode run(Invocation options, Streams streams) {
    Inventory inventory =
        Inventories.read(
            options.inventories(),
            options.extraVars(),
            VaultFlags.keys(options, streams.terminal()));
    inventory.warnings().forEach(warning -> streams.err().println("belay: warning: " + warning));
    InventoryShow show = new InventoryShow(inventory);
    streams.out().print(show.text(options) + "\n");
    return ExitCode.OK;
  }

  private String text(Invocation options) {
    boolean graph = options.has(Flag.GRAPH);
    long chosen = List.of(Flag.LIST, Flag.GRAPH, Flag.HOST).stream().filter(options::has).count();
    if (chosen != 1 || !graph && !options.operands().isEmpty() || options.operands().size() > 1) {
      throw ComplaintException.usage(
          "belay inventory shows one thing",
          "one of --list, --graph [GROUP] and --host NAME",
          chosen == 0 ? "none of them" : "more than that",
          "write such as belay inventory --graph -i hosts.yaml");
    }
    if (graph) {
      return String.join("\n", graph(group(options), 0));
    }
    return PythonJson.text(options.has(Flag.LIST) ? list() : hostVars(host(options)));
  }

  private Group group(Invocation options) {
    String name = options.operands().isEmpty() ? Group.ALL : options.operands().get(0);
    return inventory
        .group(name)
        .orElseThrow(
            () ->
                ComplaintException.usage(
                    "no group " + name,
                    "a group of the inventory",
                    name,
                    "belay inventory --graph shows them all"));
  }

  private Host host(Invocation options) {
    String name = options.host().orElseThrow();
    return inventory
        .host(name)
        .orElseThrow(
            () ->
                ComplaintException.usage(
                    "no host " + name,
                    "a host of the inventory",
                    name,
                    "belay inventory --graph shows them all"));
  }

  private List<String> graph(Group group, int depth) {
    List<String> lines = new ArrayList<>();
    lines.add(indent(depth) + "@" + group.name() + ":");
    for (String child : group.children()) {
      lines.addAll(graph(inventory.group(child).orElseThrow(), depth + 1));
    }
    if (!group.name().equals(Group.ALL)) {
      group.ownHosts().forEach(host -> lines.add(indent(depth + 1) + host));
    }
    return lines;
  }

  private static String indent(int depth) {
    return depth == 0 ? "" : "  |".repeat(depth) + "--";
  }

  private Map<String, Object> list() {
    Map<String, Object> all = new LinkedHashMap<>();
    list(inventory.group(Group.ALL).orElseThrow(), all, new HashSet<>());
    Map<String, Object> hosts = new LinkedHashMap<>();
    for (Host host : inventory.hosts()) {
      Map<String, Object> vars = hostVars(host);
      if (!vars.isEmpty()) {
        hosts.put(host.name(), vars);
      }
    }
    all.put("_meta", Map.of("hostvars", hosts));
    return all;
  }

  private void list(Group group, Map<String, Object> into, Set<String> seen) {
    Map<String, Object> parts = new LinkedHashMap<>();
    if (!group.name().equals(Group.ALL) && !group.ownHosts().isEmpty()) {
      parts.put("hosts", group.ownHosts());
    }
    if (!group.children().isEmpty()) {
      parts.put("children", group.children());
    }
    if (!parts.isEmpty()) {
      into.put(group.name(), parts);
    }
    for (String child : group.children()) {
      if (seen.add(child)) {
        list(inventory.group(child).orElseThrow(), into, seen);
      }
    }
  }

  private static Map<String, Object> hostVars(Host host) {
    return host.vars();
  }
}

package dev.belay.core.inventory;

import dev.belay.core.internal.strictyaml.Position;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What has been read of an inventory so far; changed by the reader only. */
final class Draft {

  /**
   * A variable as it stands in the file.
   *
   * @param at where the value starts
   * @param value plain data or a secret
   */
  record Var(Position at, Object value) {}

  /** A group: names of its own hosts and child groups, and its variables. */
  static final class GroupDraft {
    final Set<String> hosts = new LinkedHashSet<>();
    final Set<String> children = new LinkedHashSet<>();
    final Map<String, Var> vars = new LinkedHashMap<>();
  }

  final Map<String, GroupDraft> groups = new LinkedHashMap<>();

  /** Hosts with their own variables. */
  final Map<String, Map<String, Var>> hosts = new LinkedHashMap<>();

  Draft() {
    group(Group.ALL);
    group(Group.UNGROUPED);
  }

  GroupDraft group(String name) {
    return groups.computeIfAbsent(name, unused -> new GroupDraft());
  }

  Map<String, Var> host(String name) {
    return hosts.computeIfAbsent(name, unused -> new LinkedHashMap<>());
  }
}

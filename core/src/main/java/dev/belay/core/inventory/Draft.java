package dev.belay.core.inventory;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.secret.VaultKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has been read of all sources so far; changed by the readers only. */
final class Draft {

  /**
   * Where something stands.
   *
   * @param source name of the file
   * @param at the place in it
   */
  record Place(String source, Position at) {
    @Override
    public String toString() {
      return source + ", " + at;
    }

    InventoryException wrong(String wrong, String advice) {
      return new InventoryException(toString(), wrong, advice);
    }
  }

  /**
   * A variable as it stands in a file.
   *
   * @param place where the value starts
   * @param value plain data or a secret
   */
  record Var(Place place, Object value) {}

  /** A group: names of its own hosts and child groups, and its variables. */
  static final class GroupDraft {
    final Set<String> hosts = new LinkedHashSet<>();
    final Set<String> children = new LinkedHashSet<>();
    final Map<String, Var> vars = new LinkedHashMap<>();
  }

  /** The variables in the group_vars and host_vars of one folder. */
  static final class Folder {
    final Map<String, Map<String, Var>> groups = new LinkedHashMap<>();
    final Map<String, Map<String, Var>> hosts = new LinkedHashMap<>();
  }

  final Map<String, GroupDraft> groups = new LinkedHashMap<>();

  /** Hosts with their own variables. */
  final Map<String, Map<String, Var>> hosts = new LinkedHashMap<>();

  /** Where groups are named first. */
  final Map<String, Place> groupPlaces = new LinkedHashMap<>();

  /** Folders in the order in which they are read. */
  final Map<String, Folder> folders = new LinkedHashMap<>();

  /** Variables given for the run, which win over all others. */
  final Map<String, Var> extras = new LinkedHashMap<>();

  /** Where hosts are named first. */
  final Map<String, Place> hostPlaces = new LinkedHashMap<>();

  final List<InventoryWarning> warnings = new ArrayList<>();

  /** Passwords for values that are encrypted. */
  final VaultKeys vault;

  Draft(VaultKeys vault) {
    this.vault = vault;
    group(Group.ALL);
    group(Group.UNGROUPED);
    group(Group.ALL).children.add(Group.UNGROUPED);
  }

  GroupDraft group(String name) {
    return groups.computeIfAbsent(name, unused -> new GroupDraft());
  }

  Map<String, Var> host(String name) {
    return hosts.computeIfAbsent(name, unused -> new LinkedHashMap<>());
  }

  Folder folder(String name) {
    return folders.computeIfAbsent(name, unused -> new Folder());
  }

  void warn(Place place, String text, String advice) {
    warnings.add(
        new InventoryWarning(place.source(), place.at().line(), place.at().column(), text, advice));
  }

  /** Adds hosts to a group; as with Ansible, a port counts where a host is named first. */
  void add(String group, HostNames.Named named, Place place) {
    HostNames.limit(hosts.size() + named.names().size(), place);
    for (String name : named.names()) {
      boolean known = hosts.containsKey(name);
      hostPlaces.putIfAbsent(name, place);
      group(group).hosts.add(name);
      Map<String, Var> vars = host(name);
      if (!known && named.port().isPresent()) {
        vars.put(VarNames.PORT.get(0), new Var(place, named.port().getAsInt()));
      }
    }
  }
}

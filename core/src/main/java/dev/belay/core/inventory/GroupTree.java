package dev.belay.core.inventory;

import dev.belay.core.inventory.Draft.Folder;
import dev.belay.core.inventory.Draft.GroupDraft;
import dev.belay.core.inventory.Draft.Var;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Who is in which group, and in which order variables of groups hold. */
final class GroupTree {

  private final Draft draft;
  private final Map<String, Integer> depths = new HashMap<>();
  private final Map<String, Set<String>> members = new HashMap<>();

  /** Takes a finished draft without cycles; every group without a parent goes below all. */
  GroupTree(Draft draft) {
    this.draft = draft;
    Set<String> withParent = new LinkedHashSet<>();
    draft.groups.values().forEach(group -> withParent.addAll(group.children));
    GroupDraft all = draft.group(Group.ALL);
    draft.groups.keySet().stream()
        .filter(name -> !name.equals(Group.ALL) && !withParent.contains(name))
        .forEach(all.children::add);
    settleUngrouped();
    depth(Group.ALL, 0);
  }

  /** Returns a path from a group back to itself, if there is one. */
  static Optional<List<String>> cycle(Draft draft) {
    Set<String> done = new LinkedHashSet<>();
    for (String name : draft.groups.keySet()) {
      Optional<List<String>> found = cycle(draft, name, new ArrayList<>(), done);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    draft.groups.forEach(
        (name, group) ->
            groups.add(
                new Group(
                    name, hostsOf(name), List.copyOf(group.children), List.copyOf(group.hosts))));
    return groups;
  }

  /** Returns all variables that hold for a host, those of the nearest group and the host last. */
  Map<String, Var> vars(String host) {
    List<String> groups =
        draft.groups.keySet().stream()
            .filter(name -> members(name).contains(host))
            .sorted(
                Comparator.comparing((String name) -> depths.get(name))
                    .thenComparing(this::priority)
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    Map<String, Var> vars = new LinkedHashMap<>();
    groups.forEach(name -> vars.putAll(draft.groups.get(name).vars));
    vars.remove(VarNames.PRIORITY); // It is about the group, and no variable of its hosts.
    ofFolders(folder -> folder.groups.get(Group.ALL), vars);
    for (Folder folder : draft.folders.values()) {
      groups.stream()
          .filter(name -> !name.equals(Group.ALL))
          .forEach(name -> vars.putAll(folder.groups.getOrDefault(name, Map.of())));
    }
    vars.putAll(draft.hosts.get(host));
    ofFolders(folder -> folder.hosts.get(host), vars);
    return vars;
  }

  private void ofFolders(Function<Folder, Map<String, Var>> part, Map<String, Var> into) {
    draft.folders.values().stream().map(part).filter(Objects::nonNull).forEach(into::putAll);
  }

  private List<String> hostsOf(String group) {
    Set<String> members = members(group);
    return draft.hosts.keySet().stream().filter(members::contains).toList();
  }

  private Set<String> members(String group) {
    if (group.equals(Group.ALL)) {
      return draft.hosts.keySet();
    }
    Set<String> known = members.get(group);
    if (known == null) {
      known = new LinkedHashSet<>(draft.groups.get(group).hosts);
      for (String child : draft.groups.get(group).children) {
        known.addAll(members(child));
      }
      members.put(group, known);
    }
    return known;
  }

  private void settleUngrouped() {
    Set<String> grouped = new LinkedHashSet<>();
    draft.groups.forEach(
        (name, group) -> {
          if (!name.equals(Group.ALL) && !name.equals(Group.UNGROUPED)) {
            grouped.addAll(group.hosts);
          }
        });
    Set<String> ungrouped = draft.group(Group.UNGROUPED).hosts;
    ungrouped.removeAll(grouped);
    draft.hosts.keySet().stream().filter(host -> !grouped.contains(host)).forEach(ungrouped::add);
  }

  /** The depth of a group is that of its longest way down from all. */
  private void depth(String group, int depth) {
    if (depth > depths.getOrDefault(group, -1)) {
      depths.put(group, depth);
      draft.groups.get(group).children.forEach(child -> depth(child, depth + 1));
    }
  }

  private int priority(String group) {
    Var priority = draft.groups.get(group).vars.get(VarNames.PRIORITY);
    return priority != null && priority.value() instanceof Integer number ? number : 1;
  }

  private static Optional<List<String>> cycle(
      Draft draft, String name, List<String> path, Set<String> done) {
    if (path.contains(name)) {
      path.add(name);
      return Optional.of(path.subList(path.indexOf(name), path.size()));
    }
    if (!done.add(name)) {
      return Optional.empty();
    }
    path.add(name);
    for (String child : draft.groups.get(name).children) {
      Optional<List<String>> found = cycle(draft, child, path, done);
      if (found.isPresent()) {
        return found;
      }
    }
    path.remove(path.size() - 1);
    return Optional.empty();
  }
}

package dev.belay.core.inventory;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.internal.strictyaml.YamlFault;
import dev.belay.core.inventory.Draft.Place;
import dev.belay.core.inventory.Draft.Var;
import dev.belay.core.secret.AnsibleVault;
import dev.belay.core.secret.VaultKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads sources into a draft, and makes the inventory of it. */
final class DraftReading {

  private static final Place NOWHERE = new Place("the inventory", Position.START);

  private final Draft draft;

  DraftReading(VaultKeys vault) {
    this.draft = new Draft(vault);
  }

  void read(InventoryText text) {
    if (AnsibleVault.isVault(text.content())) {
      throw new Place(text.name(), Position.START)
          .wrong(
              "an inventory that is encrypted as a whole is not read",
              "encrypt its variables instead, in group_vars and host_vars");
    }
    try {
      switch (text.kind()) {
        case YAML -> new InventoryReader(text.name(), draft).read(text.content());
        case INI -> new IniReader(text.name(), draft).read(text.content());
        case SCRIPT -> new ScriptReader(text, draft).read();
        case HOSTS -> LiteralHosts.read(text, draft);
        default -> throw new IllegalStateException(text.kind().name());
      }
    } catch (YamlFault fault) {
      throw new Place(text.name(), fault.at()).wrong(fault.getMessage(), fault.advice());
    }
  }

  /** Files about what is not in any source are not even looked at, as with Ansible. */
  void read(VarsText text) {
    if (!(text.ofGroup() ? draft.groups : draft.hosts).containsKey(text.owner())) {
      return;
    }
    try {
      new VarsReader(text, draft).read();
    } catch (YamlFault fault) {
      throw new Place(text.name(), fault.at()).wrong(fault.getMessage(), fault.advice());
    }
  }

  void read(ExtraText text) {
    try {
      new ExtraReader(text, draft).read();
    } catch (YamlFault fault) {
      throw new Place(text.name(), fault.at()).wrong(fault.getMessage(), fault.advice());
    }
  }

  Inventory inventory() {
    GroupTree.cycle(draft)
        .ifPresent(
            path -> {
              throw placeOf(path.get(0))
                  .wrong(
                      "groups contain each other: " + String.join(" > ", path),
                      "take one of them out of the other's children");
            });
    GroupTree tree = new GroupTree(draft);
    List<Host> hosts =
        draft.hosts.keySet().stream().map(name -> host(name, tree.vars(name))).toList();
    draft.hosts.keySet().stream()
        .filter(draft.groups::containsKey)
        .forEach(
            name ->
                draft.warn(
                    placeOf(name),
                    "\"" + name + "\" is a group and a host; a pattern of this name means both",
                    "rename one of them"));
    return new Inventory(hosts, tree.groups(), draft.warnings);
  }

  private Host host(String name, Map<String, Var> vars) {
    vars.putAll(draft.extras);
    Host host = ConnectionVars.host(name, vars);
    Map<String, String> places = new LinkedHashMap<>();
    vars.forEach((var, known) -> places.put(var, known.place().toString()));
    String named = draft.hostPlaces.getOrDefault(name, NOWHERE).toString();
    return host.standing(new VarPlaces(named, places));
  }

  private Place placeOf(String group) {
    return draft.groupPlaces.getOrDefault(group, NOWHERE);
  }
}

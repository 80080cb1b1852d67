package dev.belay.core.inventory;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.inventory.Draft.GroupDraft;
import dev.belay.core.inventory.Draft.Place;
import dev.belay.core.inventory.Draft.Var;
import dev.belay.core.inventory.HostNames.Named;
import dev.belay.core.secret.VaultKeys;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what an inventory script prints.
 *
 * <p>Source: ansible/ansible lib/ansible/plugins/inventory/script.py of 2.14.
 */
final class ScriptReader {

  private static final String META = "_meta";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final InventoryText text;
  private final Draft draft;
  private final VarChecks checks;
  private final Place place;

  ScriptReader(InventoryText text, Draft draft) {
    this.text = text;
    this.draft = draft;
    this.checks = new VarChecks(draft);
    this.place = new Place(text.name(), Position.START);
  }

  /** Returns the hosts that a script has to be asked about one by one; none where it told all. */
  static List<String> hostsToAsk(String name, byte[] list) {
    Draft draft = new Draft(VaultKeys.NONE);
    ScriptReader reader =
        new ScriptReader(InventoryText.of(name, InventoryText.Kind.SCRIPT, list), draft);
    Map<?, ?> root = reader.mapping(list, "what it prints for --list");
    if (root.get(META) instanceof Map<?, ?> meta && meta.containsKey("hostvars")) {
      return List.of();
    }
    root.forEach((group, data) -> reader.group(String.valueOf(group), data));
    return List.copyOf(draft.hosts.keySet());
  }

  void read() {
    Map<?, ?> root = mapping(text.content(), "what it prints for --list");
    root.forEach((group, data) -> group(String.valueOf(group), data));
    if (root.get(META) instanceof Map<?, ?> meta && meta.containsKey("hostvars")) {
      Map<?, ?> all = requireMapping(meta.get("hostvars"), "hostvars");
      all.forEach((host, vars) -> hostVars(String.valueOf(host), vars));
    } else {
      text.hostAnswers()
          .forEach((host, answer) -> hostVars(host, mapping(answer, "what it says of " + host)));
    }
  }

  private Map<?, ?> mapping(byte[] json, String what) {
    try {
      return requireMapping(JSON.readValue(json, Object.class), what);
    } catch (JacksonException broken) {
      throw place.wrong(
          what + " is no JSON: " + broken.getOriginalMessage(), "run it by hand with --list");
    }
  }

  private Map<?, ?> requireMapping(Object value, String what) {
    if (value instanceof Map<?, ?> mapping) {
      return mapping;
    }
    throw place.wrong(what + " is not a mapping", "print {\"group\": {\"hosts\": [..]}}");
  }

  private void group(String name, Object data) {
    if (name.equals(META)) {
      return;
    }
    if (!HostNames.isGroupName(name)) {
      throw place.wrong("\"" + name + "\" is no name of a group", "correct the script");
    }
    GroupDraft group = draft.group(name);
    draft.groupPlaces.putIfAbsent(name, place);
    if (!(data instanceof Map<?, ?> parts)) {
      hosts(name, data);
    } else if (List.of("hosts", "vars", "children").stream().noneMatch(parts::containsKey)) {
      hosts(name, List.of(name)); // Ansible's short form for one host with variables.
      vars(group, parts);
    } else {
      parts(name, group, parts);
    }
  }

  private void parts(String name, GroupDraft group, Map<?, ?> parts) {
    if (parts.containsKey("hosts")) {
      hosts(name, parts.get("hosts"));
    }
    if (parts.containsKey("vars")) {
      vars(group, requireMapping(parts.get("vars"), "vars of group \"" + name + "\""));
    }
    if (parts.get("children") instanceof List<?> children) {
      for (Object child : children) {
        draft.group(String.valueOf(child));
        draft.groupPlaces.putIfAbsent(String.valueOf(child), place);
        group.children.add(String.valueOf(child));
      }
    }
  }

  private void hosts(String group, Object data) {
    if (!(data instanceof List<?> names)) {
      throw place.wrong("the hosts of group \"" + group + "\" are no list", "correct the script");
    }
    for (Object name : names) {
      if (!(name instanceof String text) || !HostNames.isName(text)) {
        throw place.wrong("\"" + name + "\" is no name of a host", "correct the script");
      }
      draft.add(group, new Named(List.of(text), OptionalInt.empty()), place);
    }
  }

  private void vars(GroupDraft group, Map<?, ?> vars) {
    vars.forEach((name, value) -> group.vars.put(String.valueOf(name), var(name, value)));
  }

  /** Variables of a host that is in no group are passed over, as Ansible does. */
  private void hostVars(String host, Object vars) {
    if (draft.hosts.containsKey(host)) {
      requireMapping(vars, "the variables of " + host)
          .forEach((name, value) -> draft.host(host).put(String.valueOf(name), var(name, value)));
    }
  }

  private Var var(Object name, Object value) {
    return new Var(place, checks.plain(String.valueOf(name), value, String.valueOf(value), place));
  }
}

package dev.belay.core.inventory;

import dev.belay.core.internal.strictyaml.Position;
import dev.belay.core.inventory.Draft.Place;
import dev.belay.core.inventory.Draft.Var;
import dev.belay.core.inventory.HostNames.Named;
import dev.belay.core.inventory.HostNames.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads one part of an inventory given on the command line. */
final class LiteralHosts {

  private LiteralHosts() {}

  /** Reads {@code h1,h2:2222,root@h3} into a draft; what it says wins over earlier sources. */
  static void read(InventoryText text, Draft draft) {
    int before = draft.hosts.size();
    boolean named = false;
    for (String part : new String(text.content(), StandardCharsets.UTF_8).split(",")) {
      if (!part.isBlank()) {
        read(part.strip(), draft);
        named = true;
      }
    }
    if (!named && draft.hosts.size() == before) {
      throw new InventoryException(
          "inventory \"" + text.name() + "\"", "it names no host", "write such as -i 'cp1,cp2,'");
    }
  }

  private static void read(String part, Draft draft) {
    int at = part.lastIndexOf('@');
    Optional<String> user = at < 0 ? Optional.empty() : Optional.of(part.substring(0, at));
    Place place = new Place("inventory \"" + part + "\"", Position.START);
    try {
      if (user.isPresent() && !ConnectionVars.isUser(user.get())) {
        throw new Unreadable("\"" + user.get() + "\" is no user name", "write such as root@cp1");
      }
      Named named = HostNames.read(part.substring(at + 1));
      draft.add(Group.UNGROUPED, named, place);
      for (String name : named.names()) {
        named.port().ifPresent(port -> put(draft, name, VarNames.PORT.get(0), port, place));
        user.ifPresent(login -> put(draft, name, VarNames.USER.get(0), login, place));
      }
    } catch (Unreadable unreadable) {
      throw new InventoryException(
          "inventory \"" + part + "\"", unreadable.getMessage(), unreadable.advice);
    }
  }

  private static void put(Draft draft, String host, String name, Object value, Place place) {
    draft.host(host).put(name, new Var(place, value));
  }
}

package dev.belay.core.inventory;

import dev.belay.core.inventory.HostNames.Named;
import dev.belay.core.inventory.HostNames.Unreadable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one part of an inventory given on the command line. */
final class LiteralHosts {

  private LiteralHosts() {}

  static List<Host> read(String part) {
    int at = part.lastIndexOf('@');
    Optional<String> user = at < 0 ? Optional.empty() : Optional.of(part.substring(0, at));
    try {
      if (user.isPresent() && !ConnectionVars.isUser(user.get())) {
        throw new Unreadable("\"" + user.get() + "\" is no user name", "write such as root@cp1");
      }
      Named named = HostNames.read(part.substring(at + 1));
      return named.names().stream().map(name -> host(name, named, user)).toList();
    } catch (Unreadable unreadable) {
      throw new InventoryException(
          "inventory \"" + part + "\"", unreadable.getMessage(), unreadable.advice);
    }
  }

  private static Host host(String name, Named named, Optional<String> user) {
    return new Host(name, name, named.port(), user, List.of(), BecomeSettings.UNSET, Map.of());
  }
}

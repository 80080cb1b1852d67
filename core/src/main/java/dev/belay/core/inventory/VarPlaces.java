package dev.belay.core.inventory;

import java.util.Map;
import java.util.Optional;

/**
 * Where a host and its variables stand, for messages, such as {@code hosts.yaml, line 3, column 5}.
 *
 * @param host where the host is named first; empty for a host that is in no file
 * @param vars where the value of each variable that counts stands, by its name
 */
public record VarPlaces(String host, Map<String, String> vars) {

  /** Nothing stands anywhere. */
  public static final VarPlaces NOWHERE = new VarPlaces("", Map.of());

  /** Copies the map. */
  public VarPlaces {
    vars = Map.copyOf(vars);
  }

  /** Returns where the value of a variable stands. */
  public Optional<String> of(String name) {
    return Optional.ofNullable(vars.get(name));
  }
}

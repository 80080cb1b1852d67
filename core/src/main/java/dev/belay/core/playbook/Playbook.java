package dev.belay.core.playbook;

import dev.belay.core.remote.KnownSecrets;
import java.util.List;

/**
 * A named list of plays. Knows no host and opens nothing.
 *
 * @param name what people see
 * @param plays in the order in which they run
 */
public record Playbook(String name, List<Play> plays) {

  /** Copies the list, covers secrets in the name; refuses a playbook that would do nothing. */
  public Playbook {
    plays = List.copyOf(plays);
    name = KnownSecrets.masked(name);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a playbook needs a name");
    }
    if (plays.isEmpty()) {
      throw new IllegalArgumentException("playbook \"" + name + "\" has no play");
    }
  }
}

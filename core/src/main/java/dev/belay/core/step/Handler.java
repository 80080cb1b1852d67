package dev.belay.core.step;

import dev.belay.core.remote.KnownSecrets;

/**
 * An event that runs once at the end of a run when a task that notifies it has changed something.
 *
 * @param name what people see; also the name under which a debt is kept on the host
 * @param event what happens
 */
public record Handler(String name, Event event) {

  /** Checks the name. */
  public Handler {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}")) {
      throw new IllegalArgumentException(
          "a handler's name has letters, digits, blanks and ._- and at most 100 of them, got \""
              + name
              + "\"");
    }
    if (KnownSecrets.areIn(name)) {
      throw new IllegalArgumentException("the name of a handler holds a secret; give it another");
    }
  }
}

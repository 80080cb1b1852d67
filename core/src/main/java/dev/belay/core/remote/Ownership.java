package dev.belay.core.remote;

import java.util.Optional;

/**
 * What a task wants of a file's attributes; what is empty stays as it is.
 *
 * @param mode permission bits
 * @param owner user name or number
 * @param group group name or number
 */
public record Ownership(Optional<Mode> mode, Optional<String> owner, Optional<String> group) {

  /** Wants nothing: an existing file keeps its attributes. */
  public static final Ownership ANY =
      new Ownership(Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks that the names could be names at all. */
  public Ownership {
    owner.ifPresent(Ownership::checkName);
    group.ifPresent(Ownership::checkName);
  }

  /** Returns the same wish with this mode. */
  public Ownership withMode(Mode newMode) {
    return new Ownership(Optional.of(newMode), owner, group);
  }

  /** Returns the same wish with this owner. */
  public Ownership withOwner(String newOwner) {
    return new Ownership(mode, Optional.of(newOwner), group);
  }

  /** Returns the same wish with this group. */
  public Ownership withGroup(String newGroup) {
    return new Ownership(mode, owner, Optional.of(newGroup));
  }

  /** Returns the attributes a file has once the wish is granted over {@code now}. */
  public Attributes over(Attributes now) {
    return new Attributes(
        mode.orElse(now.mode()), owner.orElse(now.owner()), group.orElse(now.group()));
  }

  private static void checkName(String name) {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.@$-]*")) {
      throw new IllegalArgumentException("not a user or group name: \"" + name + "\"");
    }
  }
}

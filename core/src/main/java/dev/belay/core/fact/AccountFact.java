package dev.belay.core.fact;

import dev.belay.core.remote.Sh;
import java.util.Optional;

/**
 * The name under which a host lists the files of a user or group: the canonical one for a number or
 * a second name of the same number. Empty when there is no such user or group; any number can own
 * files, so a number is never unknown.
 *
 * @param kind user or group
 * @param name name or number, as a playbook gives it
 */
public record AccountFact(Kind kind, String name) implements Fact<Optional<String>> {

  /** What kind of account it is. */
  public enum Kind {
    /** A user. */
    USER("passwd"),
    /** A group. */
    GROUP("group");

    private final String database;

    Kind(String database) {
      this.database = database;
    }
  }

  @Override
  public String question() {
    return "b_account " + kind.database + " " + Sh.quote(name);
  }

  @Override
  public Optional<String> parse(Answer answer) {
    return Optional.of(answer.text()).filter(text -> !text.isEmpty());
  }

  @Override
  public String toString() {
    return (kind == Kind.USER ? "user " : "group ") + name;
  }
}

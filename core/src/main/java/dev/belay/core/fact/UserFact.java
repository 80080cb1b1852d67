package dev.belay.core.fact;

import dev.belay.core.remote.Attributes;
import java.util.List;
import java.util.Set;

/** The user and group as whom the shell works on the host: who owns what it makes. */
public record UserFact() implements Fact<UserFact.User> {

  /**
   * A user with his groups.
   *
   * @param name user name, or the number where the host knows no name
   * @param group name of the main group, likewise
   * @param groups names and numbers of all groups he is in
   * @param root whether he may do everything
   */
  public record User(String name, String group, Set<String> groups, boolean root) {

    /** Root, as he is on nearly every host. */
    public static final User ROOT = new User("root", "root");

    /** Copies the set. */
    public User {
      groups = Set.copyOf(groups);
    }

    /** Makes a user who is in one group only, and root if he is called so. */
    public User(String name, String group) {
      this(name, group, Set.of(group), name.equals("root"));
    }

    /** Tells whether he can make files with these owners, see chown(2). */
    public boolean mayGive(Attributes attributes) {
      return root || name.equals(attributes.owner()) && groups.contains(attributes.group());
    }
  }

  @Override
  public String question() {
    return "b_user";
  }

  @Override
  public User parse(Answer answer) {
    String[] lines = answer.text().split("\n");
    if (answer.exit() != 0 || lines.length < 4) {
      throw new FailedFactException(
          "the host does not say as whom we work: " + answer.err(),
          "check that the login user stands in the host's user database");
    }
    return new User(
        lines[0], lines[1], Set.copyOf(List.of(lines[2].split(" +"))), lines[3].equals("0"));
  }

  @Override
  public String toString() {
    return "user and group of the login";
  }
}

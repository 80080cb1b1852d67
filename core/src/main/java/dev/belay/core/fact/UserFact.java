package dev.belay.core.fact;

/** The user and group as whom the shell works on the host: who owns what it makes. */
public record UserFact() implements Fact<UserFact.User> {

  /**
   * A user with his main group.
   *
   * @param name user name
   * @param group name of the main group
   */
  public record User(String name, String group) {}

  @Override
  public String question() {
    return "id -un && id -gn";
  }

  @Override
  public User parse(Answer answer) {
    String[] lines = answer.text().split("\n");
    if (answer.exit() != 0 || lines.length < 2) {
      throw new FailedFactException(
          "the host does not know the user we work as: " + answer.err(),
          "check that the login user stands in the host's user database");
    }
    return new User(lines[0], lines[1]);
  }
}

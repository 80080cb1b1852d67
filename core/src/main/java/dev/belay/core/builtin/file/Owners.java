package dev.belay.core.builtin.file;

import dev.belay.core.fact.AccountFact;
import dev.belay.core.fact.AccountFact.Kind;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.UserFact;
import dev.belay.core.remote.Attributes;
import dev.belay.core.remote.Ownership;
import dev.belay.core.remote.RemotePath;
import dev.belay.core.step.StepRefusedException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may own what on a host; shared by the steps that set mode and owners. */
final class Owners {

  private Owners() {}

  /** Returns the facts to read before {@link #known}. */
  static List<Fact<?>> reads(Ownership wish) {
    return Stream.of(
            wish.owner().map(name -> new AccountFact(Kind.USER, name)),
            wish.group().map(name -> new AccountFact(Kind.GROUP, name)))
        .flatMap(Optional::stream)
        .<Fact<?>>map(fact -> fact)
        .toList();
  }

  /**
   * Returns the wish with the names under which the host lists files: a number where it knows no
   * name, a name where the wish gives its number.
   *
   * @throws StepRefusedException when there is no such user or group, as chown would find out too
   */
  static Ownership known(Ownership wish, String wanted, Facts facts) {
    return new Ownership(
        wish.mode(),
        wish.owner().map(name -> known(new AccountFact(Kind.USER, name), wanted, facts)),
        wish.group().map(name -> known(new AccountFact(Kind.GROUP, name), wanted, facts)));
  }

  private static String known(AccountFact account, String wanted, Facts facts) {
    return facts
        .get(account)
        .orElseThrow(
            () ->
                new StepRefusedException(
                    wanted,
                    "the host has no " + account,
                    "put the task that makes it before this one, or correct the name"));
  }

  /**
   * Sees that the login user can give something these owners; an undo has to give it back to those
   * that it has.
   *
   * @throws StepRefusedException when only root could
   */
  static void checkMayGive(String wanted, RemotePath path, Attributes attributes, Facts facts) {
    UserFact.User user = facts.get(new UserFact());
    if (!user.mayGive(attributes)) {
      throw new StepRefusedException(
          wanted,
          user.name()
              + " cannot make "
              + path
              + " belong to "
              + attributes.owner()
              + ":"
              + attributes.group()
              + "; only root can",
          "use become, or leave owner and group to the user who logs in");
    }
  }
}

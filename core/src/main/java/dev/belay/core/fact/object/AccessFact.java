package dev.belay.core.fact.object;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.Fact;

/**
 * Whether a user may do something in the cluster, and by which grant; asked as {@code kubectl auth
 * can-i} does, by a review that the API server answers and keeps nowhere.
 *
 * <p>A yes is asked for a second time after a second, since the API server's own authorizer hears a
 * moment later that a binding has gone.
 *
 * @param kubectl by which credentials it is asked
 * @param action who and what
 */
public record AccessFact(Kubectl kubectl, Action action) implements Fact<AccessFact.Access> {

  /**
   * What the API server answers.
   *
   * @param allowed whether the user may
   * @param reason what allows it, such as {@code RBAC: allowed by RoleBinding "b/ns" of Role "r" to
   *     User "u"}; may be empty
   */
  public record Access(boolean allowed, String reason) {}

  @Override
  public String question() {
    return kubectl.call("b_access", action.review());
  }

  @Override
  public Access parse(Answer answer) {
    if (answer.exit() != 0) {
      throw KubectlAnswer.of(answer).failure("cannot ask the cluster whether " + action);
    }
    ObjectContent review = ObjectContent.ofJson(KubectlAnswer.json(answer));
    return new Access(
        review.at("status", "allowed").asBoolean(false), review.text("status", "reason"));
  }

  @Override
  public String toString() {
    return "whether " + action;
  }
}

package dev.belay.core.fact.object;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.BeyondHost;
import dev.belay.core.fact.GroupedFact;
import dev.belay.core.remote.Sh;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a user may do something in the cluster, and by which grant; asked as {@code kubectl auth
 * can-i} does, by a review that the API server answers and keeps nowhere.
 *
 * <p>Where there is a yes, all is asked for a second time after a second, since the API server's
 * own authorizer hears a moment later that a binding has gone.
 *
 * @param kubectl by which credentials it is asked
 * @param action who and what
 */
public record AccessFact(Kubectl kubectl, Action action)
    implements GroupedFact<AccessFact.Access>, BeyondHost<AccessFact.Access> {

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
    return questionOfAll(List.of(this));
  }

  @Override
  public String questionOfAll(List<? extends GroupedFact<?>> all) {
    List<String> words = new ArrayList<>();
    for (GroupedFact<?> one : all) {
      AccessFact fact = (AccessFact) one;
      words.add(fact.kubectl.kubeconfig().value());
      words.add(fact.action.review());
    }
    return "b_access " + Sh.words(words);
  }

  @Override
  public List<Answer> split(Answer together, int count) {
    return KubectlAnswer.split(together, count);
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

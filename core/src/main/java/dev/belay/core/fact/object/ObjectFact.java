package dev.belay.core.fact.object;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.BeyondHost;
import dev.belay.core.fact.GroupedFact;
import dev.belay.core.remote.Sh;
import java.util.ArrayList;
import java.util.List;

/**
 * How the cluster knows one object. All objects are asked about by one question, with one request
 * each; an API server that is away is waited for 15 seconds, once for all.
 *
 * <p>Unknown while the API server cannot be reached, or where the host has no kubectl or no
 * kubeconfig yet; fails where the credentials do not suffice.
 *
 * @param kubectl by which credentials
 * @param ref which object
 */
public record ObjectFact(Kubectl kubectl, ObjectRef ref)
    implements GroupedFact<ObjectState>, BeyondHost<ObjectState> {

  @Override
  public String question() {
    return questionOfAll(List.of(this));
  }

  @Override
  public String questionOfAll(List<? extends GroupedFact<?>> all) {
    List<String> words = new ArrayList<>();
    for (GroupedFact<?> one : all) {
      ObjectFact fact = (ObjectFact) one;
      words.add(fact.kubectl.kubeconfig().value());
      words.add(fact.ref.path());
    }
    return "b_objects " + Sh.words(words);
  }

  @Override
  public List<Answer> split(Answer together, int count) {
    return KubectlAnswer.split(together, count);
  }

  @Override
  public ObjectState parse(Answer answer) {
    if (answer.exit() == 0) {
      return new ObjectState.Present(ObjectContent.ofJson(KubectlAnswer.json(answer)));
    }
    KubectlAnswer said = KubectlAnswer.of(answer);
    if (said.saysThatItIsMissing()) {
      return new ObjectState.Absent();
    }
    throw said.failure("cannot ask the cluster about " + ref);
  }

  @Override
  public String toString() {
    return ref.toString();
  }
}

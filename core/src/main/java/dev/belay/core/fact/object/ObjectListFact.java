package dev.belay.core.fact.object;

import dev.belay.core.fact.Answer;
import dev.belay.core.fact.BeyondHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All objects of a kind in one namespace, or in the whole cluster. Meant for kinds of which there
 * are few, such as role bindings.
 *
 * @param kubectl by which credentials
 * @param kind of which kind
 * @param namespace in which namespace; empty for all of them, and for kinds without
 */
public record ObjectListFact(Kubectl kubectl, ObjectKind kind, Optional<String> namespace)
    implements BeyondHost<List<ObjectContent>> {

  /** Checks the namespace by naming something in it. */
  public ObjectListFact {
    namespace.ifPresent(name -> ObjectRef.of(kind, name, "any"));
  }

  /** Tells whether an object belongs to the list. */
  public boolean holds(ObjectRef ref) {
    return ref.kind().equals(kind) && (namespace.isEmpty() || namespace.equals(ref.namespace()));
  }

  @Override
  public String question() {
    return kubectl.call("b_objects", kind.collection(namespace));
  }

  @Override
  public List<ObjectContent> parse(Answer answer) {
    Answer only = KubectlAnswer.split(answer, 1).get(0);
    if (only.exit() != 0) {
      throw KubectlAnswer.of(only).failure("cannot ask the cluster about every " + kind);
    }
    List<ObjectContent> items = new ArrayList<>();
    for (JsonNode item : ObjectContent.ofJson(KubectlAnswer.json(only)).at("items")) {
      if (item instanceof ObjectNode object) {
        // the items of a list do not say what they are
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        items.add(ObjectContent.of(object));
      }
    }
    return List.copyOf(items);
  }

  @Override
  public String toString() {
    return "every " + kind + namespace.map(name -> " in " + name).orElse("");
  }
}

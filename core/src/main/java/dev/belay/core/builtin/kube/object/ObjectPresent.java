package dev.belay.core.builtin.kube.object;

import dev.belay.core.change.Change;
import dev.belay.core.change.CreateObject;
import dev.belay.core.change.DeleteObject;
import dev.belay.core.change.ReplaceObject;
import dev.belay.core.fact.Fact;
import dev.belay.core.fact.Facts;
import dev.belay.core.fact.object.Kubectl;
import dev.belay.core.fact.object.ObjectContent;
import dev.belay.core.fact.object.ObjectFact;
import dev.belay.core.fact.object.ObjectKind;
import dev.belay.core.fact.object.ObjectRef;
import dev.belay.core.fact.object.ObjectState;
import dev.belay.core.step.ReversibleStep;
import dev.belay.core.step.StepRefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps an object in a cluster with some content; what the content does not say is left alone.
 *
 * <p>Undo deletes what was created, or gives the former content back. A binding that binds another
 * role is made anew, since the API server lets nobody change that. A pod that is there with another
 * content is refused: pods are not changed but made anew. Values are compared as written, so write
 * quantities as the API server does, such as {@code 500m}.
 *
 * @param kubectl by which credentials
 * @param ref which object
 * @param content what it shall be
 */
public record ObjectPresent(Kubectl kubectl, ObjectRef ref, ObjectContent content)
    implements ReversibleStep {

  private static final Duration GOING = Duration.ofSeconds(60);

  /** Completes the content with kind and name; refuses that of another object. */
  public ObjectPresent {
    content = complete(ref, content);
  }

  private static ObjectContent complete(ObjectRef ref, ObjectContent given) {
    ObjectNode root = given.node();
    ObjectNode metadata = root.withObject("metadata");
    set(root, "apiVersion", ref.kind().apiVersion(), ref);
    set(root, "kind", ref.kind().kind(), ref);
    set(metadata, "name", ref.name(), ref);
    ref.namespace().ifPresent(name -> set(metadata, "namespace", name, ref));
    if (ref.kind().equals(ObjectKind.SECRET) && root.get("stringData") instanceof ObjectNode text) {
      ObjectNode encoded = root.withObject("data");
      text.properties().forEach(entry -> encoded.put(entry.getKey(), base64(entry.getValue())));
      root.remove("stringData");
    }
    return ObjectContent.of(root);
  }

  private static void set(ObjectNode node, String key, String value, ObjectRef ref) {
    String given = node.path(key).asString(value);
    if (!given.equals(value)) {
      throw new IllegalArgumentException(
          "the content is that of another object than " + ref + ": its " + key + " is " + given);
    }
    node.put(key, value);
  }

  private static String base64(JsonNode text) {
    return Base64.getEncoder().encodeToString(text.asString("").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String label() {
    return Deletion.label(ref);
  }

  @Override
  public List<Fact<?>> reads() {
    return List.of(new ObjectFact(kubectl, ref));
  }

  @Override
  public List<Change.Reversible> plan(Facts facts) {
    if (!(facts.get(new ObjectFact(kubectl, ref)) instanceof ObjectState.Present there)) {
      return List.of(new CreateObject(kubectl, ref, content));
    }
    ObjectNode live = there.live().node();
    if (Overlay.holds(live, content.node())) {
      return List.of();
    }
    if (ref.kind().equals(ObjectKind.POD)) {
      throw new StepRefusedException(
          label(),
          "a pod of that name is there with another content",
          "a pod is made anew: let a task before this one say that it is absent, once");
    }
    if (bindsAnother(live)) {
      return List.of(
          new DeleteObject(kubectl, ref, there.live(), GOING),
          new CreateObject(kubectl, ref, content));
    }
    ObjectNode after = (ObjectNode) Overlay.laidOver(live, content.node());
    return List.of(new ReplaceObject(kubectl, ref, there.live(), ObjectContent.of(after)));
  }

  private boolean bindsAnother(ObjectNode live) {
    JsonNode role = content.node().path("roleRef");
    return ref.kind().rbac() && !role.isMissingNode() && !Overlay.holds(live.path("roleRef"), role);
  }
}

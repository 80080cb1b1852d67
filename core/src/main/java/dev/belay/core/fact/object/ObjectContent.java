package dev.belay.core.fact.object;

import dev.belay.core.remote.Content;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An object of a cluster as JSON. Immutable; equal when all values are, whatever their order. */
public final class ObjectContent {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final ObjectNode root;

  private ObjectContent(ObjectNode root) {
    this.root = root;
  }

  /** Returns the content of a JSON object, of which a copy is kept. */
  public static ObjectContent of(ObjectNode object) {
    return new ObjectContent(object.deepCopy());
  }

  /**
   * Reads JSON.
   *
   * @throws IllegalArgumentException when it is no JSON object
   */
  public static ObjectContent ofJson(String json) {
    try {
      if (MAPPER.readTree(json) instanceof ObjectNode object) {
        return new ObjectContent(object);
      }
      throw new IllegalArgumentException("no JSON object");
    } catch (JacksonException broken) {
      throw new IllegalArgumentException("no JSON: " + broken.getOriginalMessage(), broken);
    }
  }

  /** Returns a copy of the tree, which the caller may alter. */
  public ObjectNode node() {
    return root.deepCopy();
  }

  /** Returns the value at a path of keys; a missing node where there is none. Not to be altered. */
  JsonNode at(String... keys) {
    JsonNode node = root;
    for (String key : keys) {
      node = node.path(key);
    }
    return node;
  }

  /** Returns the text at a path of keys; empty where there is none. */
  public String text(String... keys) {
    return at(keys).asString("");
  }

  /** Returns the identity that the API server gave it; empty for an object that is not made yet. */
  public String uid() {
    return text("metadata", "uid");
  }

  /** Returns the content without all that the cluster adds by itself, see {@link CleanObject}. */
  public ObjectContent clean() {
    return CleanObject.of(this);
  }

  /** Returns it in one line of JSON. */
  public String json() {
    return MAPPER.writeValueAsString(root);
  }

  /**
   * Returns it as YAML, for people, without the note of the same that {@code kubectl apply} leaves
   * in it; what a secret holds is marked as secret.
   */
  public Content shown() {
    ObjectNode rest = node();
    if (rest.path("metadata").path("annotations") instanceof ObjectNode annotations) {
      annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
    }
    Content text = Content.of(ObjectYaml.write(rest));
    return text("kind").equals("Secret") ? text.asSecret() : text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectContent content && content.root.equals(root);
  }

  @Override
  public int hashCode() {
    return root.hashCode();
  }

  /** Returns kind and name, never the content. */
  @Override
  public String toString() {
    return text("kind") + " " + text("metadata", "name");
  }
}

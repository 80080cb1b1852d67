package dev.belay.core.yaml;

/** One structural edit of a document, as data, so that its effect can be proven afterwards. */
sealed interface Edit {
  /** Where: the scalar, or the collection that gains or loses something. */
  YamlPath path();

  /** Gives a scalar another value. */
  record SetScalar(YamlPath path, YamlScalar value) implements Edit {}

  /** Adds a key at the end of a mapping; a null counts as an empty mapping. */
  record AddKey(YamlPath path, String key, YamlValue value) implements Edit {}

  /** Adds an item at a position of a list; a null counts as an empty list. */
  record AddItem(YamlPath path, int position, YamlValue value) implements Edit {}

  /** Takes the item at a position out of a list. */
  record RemoveItem(YamlPath path, int position) implements Edit {}
}

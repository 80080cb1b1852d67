package dev.belay.core.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Names one place in a YAML document: keys and list positions from the top down.
 *
 * @param steps each a {@link String} (a key) or an {@link Integer} (a position, from 0)
 */
public record YamlPath(List<Object> steps) {

  /** The document itself. */
  public static final YamlPath TOP = new YamlPath(List.of());

  /** Checks that each step is a key or a position. */
  public YamlPath {
    steps = List.copyOf(steps);
    for (Object step : steps) {
      boolean position = step instanceof Integer index && index >= 0;
      if (!position && !(step instanceof String)) {
        throw new IllegalArgumentException("a path step is a key or a position, got " + step);
      }
    }
  }

  /** Returns the path through {@code keys}, from the top. */
  public static YamlPath keys(List<String> keys) {
    return new YamlPath(new ArrayList<>(keys));
  }

  /** Returns the path of {@code key} in the mapping here. */
  public YamlPath key(String key) {
    return then(Objects.requireNonNull(key, "key"));
  }

  /** Returns the path of the item at {@code position}, from 0, in the list here. */
  public YamlPath item(int position) {
    return then(position);
  }

  /** Returns the path of what holds this place; the document itself has none. */
  public YamlPath parent() {
    if (isTop()) {
      throw new IllegalStateException("the document itself has no parent");
    }
    return new YamlPath(steps.subList(0, steps.size() - 1));
  }

  /** Tells whether this is the document itself. */
  public boolean isTop() {
    return steps.isEmpty();
  }

  Object last() {
    return steps.get(steps.size() - 1);
  }

  private YamlPath then(Object step) {
    List<Object> more = new ArrayList<>(steps);
    more.add(step);
    return new YamlPath(more);
  }

  /** Returns the path as {@code spec.containers[0].name}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Object step : steps) {
      if (step instanceof Integer) {
        text.append('[').append(step).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(step);
      }
    }
    return text.isEmpty() ? "(document)" : text.toString();
  }
}

package dev.belay.core.builtin.kube;

import dev.belay.core.yaml.YamlNode;
import dev.belay.core.yaml.YamlPath;
import dev.belay.core.yaml.YamlScalar;
import dev.belay.core.yaml.YamlText;
import dev.belay.core.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A manifest while it is being edited, with the list of what was done. Used by one thread. */
final class ManifestDraft {
  private final List<String> changes = new ArrayList<>();
  private YamlText text;

  ManifestDraft(YamlText text) {
    this.text = text;
  }

  YamlText text() {
    return text;
  }

  List<String> changes() {
    return List.copyOf(changes);
  }

  Optional<YamlNode> at(YamlPath path) {
    return text.at(path);
  }

  void note(String change) {
    changes.add(change);
  }

  /** Sets a key of a mapping, adding it where it is missing. */
  void set(YamlPath holder, String key, YamlScalar value) {
    YamlPath path = holder.key(key);
    text = at(path).isPresent() ? text.withScalar(path, value) : text.withKey(holder, key, value);
  }

  void replace(YamlPath path, YamlScalar value) {
    text = text.withScalar(path, value);
  }

  void add(YamlPath holder, String key, YamlValue value) {
    text = text.withKey(holder, key, value);
  }

  /** Appends to the list under a key, making the list where it is missing. */
  void append(YamlPath holder, String key, YamlValue item) {
    YamlPath path = holder.key(key);
    Optional<YamlNode> list = at(path);
    text =
        list.isEmpty()
            ? text.withKey(holder, key, YamlValue.items(List.of(item)))
            : text.withItem(path, list.get().list().size(), item);
  }

  void insert(YamlPath list, int position, YamlScalar item) {
    text = text.withItem(list, position, item);
  }

  void remove(YamlPath list, int position) {
    text = text.withoutItem(list, position);
  }
}

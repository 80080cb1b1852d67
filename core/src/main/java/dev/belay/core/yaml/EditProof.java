package dev.belay.core.yaml;

import dev.belay.core.yaml.YamlNode.Entry;
import dev.belay.core.yaml.YamlNode.Mapping;
import dev.belay.core.yaml.YamlNode.Scalar;
import dev.belay.core.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares a document before and after an edit: exactly the meant nodes may differ. */
final class EditProof {
  private final Map<YamlPath, Edit> edits;

  private EditProof(Map<YamlPath, Edit> edits) {
    this.edits = edits;
  }

  /** Tells whether {@code after} is {@code before} with these edits, each at a place of its own. */
  static boolean holds(YamlNode before, YamlNode after, List<? extends Edit> edits) {
    Map<YamlPath, Edit> places = new HashMap<>();
    edits.forEach(edit -> places.put(edit.path(), edit));
    return new EditProof(places).same(before, after, YamlPath.TOP);
  }

  private boolean same(YamlNode before, YamlNode after, YamlPath path) {
    Edit edit = path == null ? null : edits.get(path);
    if (edit != null) {
      return isEdited(before, after, edit);
    }
    if (!before.tag().equals(after.tag())) {
      return false;
    }
    if (before instanceof Scalar old) {
      return after instanceof Scalar now
          && old.text().equals(now.text())
          && old.style() == now.style();
    }
    if (before instanceof Sequence old) {
      return after instanceof Sequence now
          && old.flow() == now.flow()
          && sameItems(old.items(), now.items(), path);
    }
    return after instanceof Mapping now
        && ((Mapping) before).flow() == now.flow()
        && sameEntries(((Mapping) before).entries(), now.entries(), path);
  }

  private boolean isEdited(YamlNode before, YamlNode after, Edit edit) {
    if (edit instanceof Edit.SetScalar set) {
      return after instanceof Scalar now && now.holds(set.value());
    }
    if (edit instanceof Edit.AddKey add) {
      return after instanceof Mapping now && addsKey(before, now, add);
    }
    if (!(after instanceof Sequence now)) {
      return false;
    }
    List<YamlNode> old = new ArrayList<>(before.list());
    List<YamlNode> rest = new ArrayList<>(now.items());
    if (edit instanceof Edit.AddItem add) {
      boolean grown = rest.size() == old.size() + 1;
      return grown && equal(rest.remove(add.position()), add.value()) && sameItems(old, rest, null);
    }
    old.remove(((Edit.RemoveItem) edit).position());
    return sameItems(old, rest, null);
  }

  private boolean addsKey(YamlNode before, Mapping now, Edit.AddKey add) {
    List<Entry> old = before instanceof Mapping mapping ? mapping.entries() : List.of();
    List<Entry> entries = now.entries();
    if (entries.size() != old.size() + 1) {
      return false;
    }
    Entry added = entries.get(old.size());
    return equal(added.key(), YamlScalar.of(add.key()))
        && equal(added.value(), add.value())
        && sameEntries(old, entries.subList(0, old.size()), null);
  }

  /** Compares item by item; without a path nothing below can be the edited place. */
  private boolean sameItems(List<YamlNode> before, List<YamlNode> after, YamlPath path) {
    if (before.size() != after.size()) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!same(before.get(i), after.get(i), path == null ? null : path.item(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean sameEntries(List<Entry> before, List<Entry> after, YamlPath path) {
    if (before.size() != after.size()) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      YamlNode key = before.get(i).key();
      boolean named = path != null && key instanceof Scalar;
      YamlPath inner = named ? path.key(((Scalar) key).text()) : null;
      if (!same(key, after.get(i).key(), null)
          || !same(before.get(i).value(), after.get(i).value(), inner)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether a node read back holds the data that was written. */
  private static boolean equal(YamlNode node, YamlValue value) {
    if (value instanceof YamlScalar scalar) {
      return node instanceof Scalar now && now.holds(scalar);
    }
    if (value instanceof YamlValue.Items items) {
      return node instanceof Sequence now && equalItems(now.items(), items.list());
    }
    Map<String, YamlValue> wanted = ((YamlValue.Entries) value).map();
    return node instanceof Mapping now
        && now.entries().stream()
            .map(Entry::key)
            .map(EditProof::text)
            .toList()
            .equals(new ArrayList<>(wanted.keySet()))
        && equalItems(
            now.entries().stream().map(Entry::value).toList(), new ArrayList<>(wanted.values()));
  }

  private static boolean equalItems(List<YamlNode> nodes, List<YamlValue> values) {
    if (nodes.size() != values.size()) {
      return false;
    }
    for (int i = 0; i < nodes.size(); i++) {
      if (!equal(nodes.get(i), values.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static String text(YamlNode key) {
    return key instanceof Scalar scalar && scalar.tag().equals(Tags.STR) ? scalar.text() : null;
  }
}

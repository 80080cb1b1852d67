package dev.belay.core.yaml;

import dev.belay.core.yaml.YamlNode.Mapping;
import dev.belay.core.yaml.YamlNode.Scalar;
import dev.belay.core.yaml.YamlNode.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A YAML document that can be edited without touching any byte that is not meant.
 *
 * <p>Each edit splices new text into the original at the parser's marks and returns a new value.
 * The result is parsed again and compared node by node; where anything but the meant place differs,
 * the edit is refused. Comments, order, quoting, line ends, a byte order mark and a missing final
 * line end stay as they are. Immutable and thread-safe; reads and writes no files.
 */
public final class YamlText {
  private final String text;
  private final Mapping root;

  private YamlText(String text, Mapping root) {
    this.text = text;
    this.root = root;
  }

  /**
   * Parses a text that is going to be edited; an empty one is an empty mapping.
   *
   * @throws YamlRefused for anchors, aliases, merge keys, several documents, duplicate keys, JSON,
   *     a top that is no mapping, text that is not UTF-8 or not YAML, more than 1 MiB
   */
  public static YamlText parse(byte[] bytes) {
    return of(YamlParse.decode(bytes));
  }

  private static YamlText of(String text) {
    return new YamlText(text, YamlParse.toEdit(text));
  }

  /** Returns the text in UTF-8, for an unedited document exactly what was parsed. */
  public byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the top mapping. */
  public Mapping root() {
    return root;
  }

  /** Returns the node at {@code path}, if there is one. */
  public Optional<YamlNode> at(YamlPath path) {
    return root.at(path);
  }

  /**
   * Gives the scalar at {@code path} another value, in the quoting it has where possible.
   *
   * <p>A scalar that already holds that data, however written, stays as it is; a null is filled.
   *
   * @throws YamlRefused when there is no scalar at the path
   */
  public YamlText withScalar(YamlPath path, YamlScalar value) {
    return withScalars(Map.of(path, value));
  }

  /**
   * Gives several scalars other values at once; see {@link #withScalar}.
   *
   * @throws YamlRefused when there is no scalar at one of the paths
   */
  public YamlText withScalars(Map<YamlPath, YamlScalar> values) {
    List<Splice> splices = new ArrayList<>();
    List<Edit> edits = new ArrayList<>();
    values.forEach(
        (path, value) -> {
          if (!(need(path) instanceof Scalar scalar)) {
            throw refusedAt(path, "holds a mapping or a list, not a single value");
          }
          if (!scalar.holds(value)) {
            splices.addAll(splices().set(scalar, value, isFlow(need(path.parent()))));
            edits.add(new Edit.SetScalar(path, value));
          }
        });
    return edits.isEmpty() ? this : proven(splices, edits);
  }

  /**
   * Adds a key at the end of the mapping at {@code path}, in the indentation of its other keys.
   *
   * <p>A null at the path becomes a mapping. At the top the key goes to the end of the text.
   *
   * @throws YamlRefused when the path holds anything else, or the key is there already
   */
  public YamlText withKey(YamlPath path, String key, YamlValue value) {
    YamlNode node = need(path);
    Edit edit = new Edit.AddKey(path, key, value);
    if (node.isNull()) {
      return proven(fill(path, (Scalar) node, YamlValue.entry(key, value)), edit);
    }
    if (!(node instanceof Mapping mapping)) {
      throw refusedAt(path, "holds no mapping, so it cannot take the key " + key);
    }
    if (mapping.entry(key).isPresent()) {
      throw refusedAt(path, "already has the key " + key);
    }
    refuseTag(mapping, Tags.MAP);
    return proven(
        mapping.flow()
            ? new FlowSplices(lines()).addKey(mapping, key, value)
            : List.of(splices().addKey(mapping, path.isTop(), key, value)),
        edit);
  }

  /**
   * Adds an item to the list at {@code path}, which then stands at {@code position}.
   *
   * <p>A null at the path becomes a list. Comments between two items stay with the later one.
   *
   * @param position 1 to the list's size; 0 only for an empty list
   * @throws YamlRefused when the path holds anything but a list
   */
  public YamlText withItem(YamlPath path, int position, YamlValue value) {
    YamlNode node = need(path);
    int size = node.list().size();
    if (position > size || position < Math.min(1, size)) {
      throw new IllegalArgumentException(
          path + " has " + size + " items; no place to add one at " + position);
    }
    Edit edit = new Edit.AddItem(path, position, value);
    if (node.isNull()) {
      return proven(fill(path, (Scalar) node, YamlValue.items(List.of(value))), edit);
    }
    if (!(node instanceof Sequence list)) {
      throw refusedAt(path, "holds no list, so it cannot take an item");
    }
    refuseTag(list, Tags.SEQ);
    return proven(
        list.flow()
            ? new FlowSplices(lines()).addItem(list, position, value)
            : List.of(splices().addItem(list, position, value)),
        edit);
  }

  /**
   * Takes the item at {@code position} out of the list at {@code path}, with its own lines.
   *
   * @throws YamlRefused when there is no such item, or it shares its lines with something else
   */
  public YamlText withoutItem(YamlPath path, int position) {
    if (!(need(path) instanceof Sequence list) || position >= list.items().size()) {
      throw refusedAt(path, "has no item " + position);
    }
    return proven(
        list.flow()
            ? new FlowSplices(lines()).removeItem(list, position)
            : List.of(splices().removeItem(list, position)),
        new Edit.RemoveItem(path, position));
  }

  private List<Splice> fill(YamlPath path, Scalar nothing, YamlValue value) {
    YamlNode holder = need(path.parent());
    if (isFlow(holder)) {
      int start = nothing.span().start();
      int end = nothing.span().end();
      String blank = start == end ? " " : "";
      String written = FlowWriter.write(value, YamlNode.Style.PLAIN, true);
      return List.of(new Splice(start, end, blank + written));
    }
    if (!(holder instanceof Mapping mapping)) {
      throw refusedAt(path, "is an empty list item");
    }
    return splices().fill(mapping, nothing, value);
  }

  private YamlText proven(List<Splice> splices, Edit edit) {
    return proven(splices, List.of(edit));
  }

  private YamlText proven(List<Splice> splices, List<Edit> edits) {
    String edited = Splice.applyAll(text, splices);
    YamlPath path = edits.get(0).path();
    try {
      YamlText result = of(edited);
      if (EditProof.holds(root, result.root, edits)) {
        return result;
      }
    } catch (YamlRefused e) {
      throw refusedAt(path, "cannot be edited safely (" + e.reason() + ")");
    }
    throw refusedAt(path, "cannot be edited without changing something else");
  }

  private YamlNode need(YamlPath path) {
    Objects.requireNonNull(path, "path");
    return at(path)
        .orElseThrow(
            () -> YamlRefused.of(path + " is not in the document", "check the path and the file"));
  }

  private YamlRefused refusedAt(YamlPath path, String what) {
    int line = at(path).map(YamlNode::line).orElse(0);
    return YamlRefused.at(line, path + " " + what, "edit this place by hand");
  }

  private void refuseTag(YamlNode node, String plain) {
    if (lines().text().startsWith("!", node.span().start()) || !node.tag().equals(plain)) {
      throw YamlRefused.at(node.line(), "a tag stands before a collection", "remove the tag");
    }
  }

  private TextLines lines() {
    return new TextLines(text);
  }

  private BlockSplices splices() {
    return new BlockSplices(lines(), Layouts.of(root));
  }

  private static boolean isFlow(YamlNode node) {
    return node instanceof Mapping mapping && mapping.flow()
        || node instanceof Sequence list && list.flow();
  }
}

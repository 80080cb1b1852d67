package dev.belay.core.yaml;

import dev.belay.core.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Sets values at key paths of a YAML file and leaves every other byte alone. */
public final class YamlEdit {

  private YamlEdit() {}

  /**
   * Returns {@code original} with each path holding its wanted value.
   *
   * <p>A value that is already there as data, however written, stays byte for byte. A missing key
   * goes below the last key of its block, a missing block to the end of the file. Does not remove
   * anything.
   *
   * @param wanted key paths from the top, such as {@code [file_output, enabled]}, in the order in
   *     which missing ones are added
   * @throws YamlRefused when the file cannot be edited safely, or a path runs through a scalar or a
   *     list
   * @throws IllegalArgumentException when a path is empty or runs through another wanted path
   */
  public static Result set(byte[] original, Map<List<String>, YamlScalar> wanted) {
    wanted.keySet().forEach(path -> checkPath(path, wanted));
    YamlText before = YamlText.parse(original);
    Map<YamlPath, YamlScalar> present = new LinkedHashMap<>();
    Map<YamlPath, YamlScalar> missing = new LinkedHashMap<>();
    wanted.forEach(
        (keys, value) -> {
          YamlPath path = YamlPath.keys(keys);
          (before.at(path).isPresent() ? present : missing).put(path, value);
        });
    YamlText after = before.withScalars(present);
    for (Map.Entry<YamlPath, YamlScalar> entry : missing.entrySet()) {
      after = add(after, entry.getKey(), entry.getValue());
    }
    return new Result(after.bytes(), changes(before, wanted));
  }

  private static List<KeyChange> changes(YamlText text, Map<List<String>, YamlScalar> wanted) {
    List<KeyChange> changes = new ArrayList<>();
    wanted.forEach(
        (keys, value) -> {
          Optional<YamlNode> node = text.at(YamlPath.keys(keys));
          boolean there = node.filter(now -> ((Scalar) now).holds(value)).isPresent();
          if (!there) {
            changes.add(new KeyChange(keys, node.flatMap(YamlEdit::text), value));
          }
        });
    return changes;
  }

  /** Adds a value whose path is not there, with as much of the path as is missing. */
  private static YamlText add(YamlText text, YamlPath path, YamlScalar value) {
    YamlPath holder = path.parent();
    YamlValue missing = value;
    Object key = path.last();
    while (text.at(holder).isEmpty()) {
      missing = YamlValue.entry((String) key, missing);
      key = holder.last();
      holder = holder.parent();
    }
    return text.withKey(holder, (String) key, missing);
  }

  private static Optional<String> text(YamlNode node) {
    return node instanceof Scalar scalar && !scalar.isNull()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  private static void checkPath(List<String> path, Map<List<String>, YamlScalar> wanted) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a YAML key path needs at least one key");
    }
    for (int length = 1; length < path.size(); length++) {
      if (wanted.containsKey(path.subList(0, length))) {
        throw new IllegalArgumentException(
            path + " runs through " + path.subList(0, length) + ", which is wanted as a value");
      }
    }
  }

  /**
   * One value that became another.
   *
   * @param path its keys from the top
   * @param before the text of the value that was there; empty where there was none
   * @param after the value now there
   */
  public record KeyChange(List<String> path, Optional<String> before, YamlScalar after) {
    /** Copies the path. */
    public KeyChange {
      path = List.copyOf(path);
      Objects.requireNonNull(before, "before");
      Objects.requireNonNull(after, "after");
    }
  }

  /**
   * What came out of an edit.
   *
   * @param bytes the whole new file; equal to the original where nothing changed
   * @param changes what changed, in the order of the wanted paths
   */
  public record Result(byte[] bytes, List<KeyChange> changes) {
    /** Copies the list; the array is not copied. */
    public Result {
      Objects.requireNonNull(bytes, "bytes");
      changes = List.copyOf(changes);
    }

    /** Tells whether anything changed. */
    public boolean changed() {
      return !changes.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Result that
          && Arrays.equals(bytes, that.bytes)
          && changes.equals(that.changes);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(bytes) + changes.hashCode();
    }

    @Override
    public String toString() {
      return "Result[" + bytes.length + " bytes, " + changes + "]";
    }
  }
}

package dev.belay.core.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds data that is to be written as YAML: a scalar, a mapping or a list. */
public sealed interface YamlValue permits YamlScalar, YamlValue.Entries, YamlValue.Items {

  /** Returns an empty mapping, to be filled by {@link Entries#with}. */
  static Entries entries() {
    return new Entries(Map.of());
  }

  /** Returns a mapping with one key. */
  static Entries entry(String key, YamlValue value) {
    return entries().with(key, value);
  }

  /** Returns a list of {@code items}. */
  static Items items(List<? extends YamlValue> items) {
    return new Items(List.copyOf(items));
  }

  /**
   * Returns this value as block-style YAML with LF line ends and two blanks of indentation.
   *
   * <p>Lists begin in the column of their key, as kubeadm writes them. A scalar, an empty mapping
   * or an empty list is one line.
   */
  default String toYaml() {
    return String.join("\n", BlockWriter.KUBEADM.lines(this)) + "\n";
  }

  /**
   * A mapping, in the order it will be written.
   *
   * @param map keys and values; neither may be null
   */
  record Entries(Map<String, YamlValue> map) implements YamlValue {
    /** Copies the map, keeping its order. */
    public Entries {
      map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** Returns this mapping with one more key at its end, or with that key's value replaced. */
    public Entries with(String key, YamlValue value) {
      Map<String, YamlValue> more = new LinkedHashMap<>(map);
      more.put(key, value);
      return new Entries(more);
    }
  }

  /**
   * A list.
   *
   * @param list its items in order
   */
  record Items(List<YamlValue> list) implements YamlValue {
    /** Copies the list. */
    public Items {
      list = List.copyOf(new ArrayList<>(list));
    }
  }
}

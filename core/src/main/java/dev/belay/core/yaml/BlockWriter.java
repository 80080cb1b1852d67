package dev.belay.core.yaml;

import dev.belay.core.yaml.YamlNode.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes data as lines of block YAML.
 *
 * @param unit blanks by which a mapping lies deeper than the one that holds it
 * @param listShift blanks by which a dash lies deeper than the key of its list
 */
record BlockWriter(int unit, int listShift) {
  /** The layout of kubeadm's manifests: two blanks, dashes below their key. */
  static final BlockWriter KUBEADM = new BlockWriter(2, 0);

  private static final String DASH = "- ";

  /** Returns the lines of {@code value}, without indentation of the first level. */
  List<String> lines(YamlValue value) {
    if (value instanceof YamlValue.Entries entries && !entries.map().isEmpty()) {
      List<String> lines = new ArrayList<>();
      entries.map().forEach((key, inner) -> lines.addAll(entry(key, inner)));
      return lines;
    }
    if (value instanceof YamlValue.Items items && !items.list().isEmpty()) {
      List<String> lines = new ArrayList<>();
      items.list().forEach(item -> lines.addAll(item(item, DASH, Style.PLAIN)));
      return lines;
    }
    return List.of(FlowWriter.write(value, Style.PLAIN, false));
  }

  /** Returns the lines of one key with its value. */
  List<String> entry(String key, YamlValue value) {
    String name = ScalarWriter.write(YamlScalar.of(key), Style.PLAIN, false);
    boolean oneLine = isOneLine(value);
    if (oneLine) {
      return List.of(name + ": " + FlowWriter.write(value, Style.PLAIN, false));
    }
    List<String> lines = new ArrayList<>(List.of(name + ":"));
    int shift = value instanceof YamlValue.Items ? listShift : unit;
    lines.addAll(indented(lines(value), shift));
    return lines;
  }

  /** Returns the lines of one list item that begins with {@code dash}, a dash and blanks. */
  List<String> item(YamlValue value, String dash, Style like) {
    if (isOneLine(value)) {
      return List.of(dash + FlowWriter.write(value, like, false));
    }
    List<String> lines = indented(lines(value), dash.length());
    lines.set(0, dash + lines.get(0).substring(dash.length()));
    return lines;
  }

  static List<String> indented(List<String> lines, int blanks) {
    return new ArrayList<>(lines.stream().map(line -> " ".repeat(blanks) + line).toList());
  }

  private static boolean isOneLine(YamlValue value) {
    return value instanceof YamlScalar
        || value instanceof YamlValue.Entries entries && entries.map().equals(Map.of())
        || value instanceof YamlValue.Items items && items.list().isEmpty();
  }
}

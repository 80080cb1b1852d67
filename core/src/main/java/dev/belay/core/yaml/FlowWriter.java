package dev.belay.core.yaml;

import dev.belay.core.yaml.YamlNode.Style;
import java.util.stream.Collectors;

/** Writes data on one line, collections in brackets and braces. */
final class FlowWriter {

  private FlowWriter() {}

  static String write(YamlValue value, Style like, boolean flow) {
    if (value instanceof YamlScalar scalar) {
      return ScalarWriter.write(scalar, like, flow);
    }
    if (value instanceof YamlValue.Items items) {
      return items.list().stream()
          .map(item -> write(item, like, true))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return ((YamlValue.Entries) value)
        .map().entrySet().stream()
            .map(entry -> entry(entry.getKey(), entry.getValue(), like))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  static String entry(String key, YamlValue value, Style like) {
    return ScalarWriter.write(YamlScalar.of(key), like, true) + ": " + write(value, like, true);
  }
}

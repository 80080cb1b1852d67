package dev.belay.core.report;

import dev.belay.core.change.Diff;
import dev.belay.core.remote.Content;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/**
 * Writes differences as JSON: {@code subject} and either {@code before} and {@code after}, or
 * {@code unified} (a diff that {@code patch(1)} accepts), or {@code secret}, or {@code same}, or
 * for content that is no text or too large a {@code not_shown} with sizes and digests; a side that
 * is absent has none.
 */
final class JsonDiff {

  private JsonDiff() {}

  static void write(JsonGenerator json, List<Diff> diffs) {
    json.writeArrayPropertyStart("diffs");
    diffs.forEach(diff -> write(json, diff));
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Diff diff) {
    json.writeStartObject();
    if (diff instanceof Diff.Line line) {
      json.writeStringProperty("subject", line.subject());
      json.writeStringProperty("before", line.before());
      json.writeStringProperty("after", line.after());
    } else if (diff instanceof Diff.Text text) {
      json.writeStringProperty("subject", text.subject());
      content(json, text);
    }
    json.writeEndObject();
  }

  private static void content(JsonGenerator json, Diff.Text text) {
    switch (DiffText.View.of(text)) {
      case SECRET -> json.writeBooleanProperty("secret", true);
      case SAME -> json.writeBooleanProperty("same", true);
      case BINARY -> sizes(json, "binary", text);
      case LARGE -> sizes(json, "large", text);
      case UNIFIED -> json.writeStringProperty("unified", unified(text));
    }
  }

  private static String unified(Diff.Text text) {
    return DiffText.rows(text).stream()
        .filter(row -> row.kind() != DiffText.Kind.NOTE)
        .map(row -> row.text() + "\n")
        .collect(Collectors.joining());
  }

  private static void sizes(JsonGenerator json, String why, Diff.Text text) {
    json.writeStringProperty("not_shown", why);
    size(json, "before", text.before());
    size(json, "after", text.after());
  }

  private static void size(JsonGenerator json, String side, Optional<Content> content) {
    if (content.isPresent()) {
      json.writeNumberProperty(side + "_bytes", content.get().size());
      json.writeStringProperty(side + "_sha256", content.get().sha256());
    }
  }
}

package dev.belay.core.builtin.pkg;

import dev.belay.core.remote.Content;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads apt's sources in both formats of sources.list(5), as far as to know who names a suite. */
final class SourceLists {

  private static final Pattern LINE =
      Pattern.compile("^\\s*deb\\s+(?:\\[[^]]*]\\s*)?(\\S+)\\s+(\\S+)", Pattern.MULTILINE);

  private SourceLists() {}

  /** Tells whether a file of apt's sources names the same suite of the same repository. */
  static boolean name(String file, Content content, AptSource source) {
    String text = content.text().orElse("").replace("\r", "");
    if (file.endsWith(".sources")) {
      return Arrays.stream(text.split("\n\\s*\n")).anyMatch(part -> stanza(part, source));
    }
    Matcher line = LINE.matcher(text);
    while (file.endsWith(".list") && line.find()) {
      if (same(line.group(1), source.uri()) && line.group(2).equals(source.suite())) {
        return true;
      }
    }
    return false;
  }

  private static boolean stanza(String text, AptSource source) {
    Map<String, String> fields = fields(text);
    return words(fields, "types").contains("deb")
        && !fields.getOrDefault("enabled", "yes").strip().equals("no")
        && words(fields, "uris").stream().anyMatch(uri -> same(uri, source.uri()))
        && words(fields, "suites").contains(source.suite());
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    String name = "";
    for (String line : text.split("\n")) {
      if (line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      if (!line.startsWith(" ") && colon > 0) {
        name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        line = line.substring(colon + 1);
      }
      fields.merge(name, line, (first, more) -> first + " " + more);
    }
    return fields;
  }

  private static List<String> words(Map<String, String> fields, String name) {
    return List.of(fields.getOrDefault(name, "").strip().split("\\s+"));
  }

  private static boolean same(String uri, String other) {
    return uri.replaceFirst("/+$", "").equals(other.replaceFirst("/+$", ""));
  }
}
